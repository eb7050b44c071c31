//! An exact decimal number, as large and as fine as figures in texts are.

/// `digits` × 10^`power`; the digits end in no zero, so that equal numbers are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    digits: u64,
    power: i32,
}

impl Number {
    /// `digits` × 10^`power`.
    pub fn new(digits: u64, power: i32) -> Self {
        let (mut digits, mut power) = (digits, power);
        if digits == 0 {
            return Self { digits, power: 0 };
        }
        while digits.is_multiple_of(10) {
            digits /= 10;
            power += 1;
        }
        Self { digits, power }
    }

    /// A whole number.
    pub fn whole(number: u64) -> Self {
        Self::new(number, 0)
    }

    /// Times 10^`power`.
    #[must_use]
    pub fn scaled(self, power: u32) -> Self {
        Self::new(self.digits, self.power + power as i32)
    }

    /// Times a small number; `None` where it grows too long.
    pub fn times(self, factor: u64) -> Option<Self> {
        Some(Self::new(self.digits.checked_mul(factor)?, self.power))
    }

    /// The sum; `None` where it grows too long.
    pub fn plus(self, other: Self) -> Option<Self> {
        let power = self.power.min(other.power);
        let raised = |number: Self| 10u64.checked_pow((number.power - power) as u32).and_then(|ten| number.digits.checked_mul(ten));
        Some(Self::new(raised(self)?.checked_add(raised(other)?)?, power))
    }

    /// As a whole number, where it is one.
    pub fn as_whole(self) -> Option<u64> {
        let power = u32::try_from(self.power).ok()?;
        10u64.checked_pow(power).and_then(|ten| self.digits.checked_mul(ten))
    }

    /// Its digits without zeros at the end: equal for 5천 and 500만.
    pub fn mantissa(self) -> u64 {
        self.digits
    }

    /// The value of its last digit that is not zero: 10 for 120, 0.1 for 1.5.
    pub fn grain(self) -> f64 {
        10f64.powi(self.power)
    }

    /// As a measure to reckon with.
    pub fn amount(self) -> f64 {
        self.digits as f64 * self.grain()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_are_equal_however_written() {
        assert_eq!(Number::new(1200, 0), Number::new(12, 2));
        assert_eq!(Number::new(150, -2), Number::new(15, -1));
        assert_eq!(Number::new(0, 5), Number::whole(0));
        assert_eq!(Number::new(147, -1).scaled(9), Number::new(147, 8));
    }

    #[test]
    fn sums_are_exact_and_never_overflow() {
        let sum = Number::whole(1).scaled(8).plus(Number::whole(2000).scaled(4));
        assert_eq!(sum, Some(Number::new(12, 7)));
        assert_eq!(Number::new(15, -1).plus(Number::whole(1)), Some(Number::new(25, -1)));
        assert_eq!(Number::new(u64::MAX, 0).plus(Number::new(1, 30)), None);
        assert_eq!(Number::new(7, 30).as_whole(), None);
        assert_eq!(Number::new(7, 2).as_whole(), Some(700));
    }
}
