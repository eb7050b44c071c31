//! How a text that is no Hangul is read aloud in Korean: the last sound of digits, units, Latin letters, names and symbols.

mod digits;
mod latin;
mod symbols;
mod units;
mod words;

use super::hangul::{Final, final_sound};

/// How sure a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// There is one reading, or every reading ends in the same class of sound: Hangul, numbers, names of letters, units, well known names.
    Certain,
    /// The usual reading; another is possible (GPT-3 as 삼 or 쓰리), or the word may be read by its meaning (type as 유형).
    Likely,
}

/// The last sound of a text, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The last sound.
    pub sound: Final,
    /// How sure it is.
    pub certainty: Certainty,
    /// Whether the rule behind it has next to no exceptions, so that a particle which disagrees is worth reporting.
    pub firm: bool,
}

impl Reading {
    /// One that leaves no doubt.
    pub const fn certain(sound: Final) -> Self {
        Self { sound, certainty: Certainty::Certain, firm: true }
    }

    /// Likely, by a rule that holds for nearly every name.
    pub(super) const fn firm(sound: Final) -> Self {
        Self { sound, certainty: Certainty::Likely, firm: true }
    }

    /// Likely, by a rule that has exceptions.
    pub(super) const fn likely(sound: Final) -> Self {
        Self { sound, certainty: Certainty::Likely, firm: false }
    }

    /// The same reading where something unread stands between it and the particle.
    pub(super) const fn weakened(self) -> Self {
        Self::likely(self.sound)
    }
}

/// How `text` ends when it is read aloud; `None` where that is open or unknown. Brackets, quotes and markup are another matter: see
/// [`super::host`].
pub fn sound(text: &str) -> Option<Reading> {
    if let Some(sound) = final_sound(text) {
        return Some(Reading::certain(sound));
    }
    match text.chars().next_back()? {
        c if symbols::is_digit(c) => digits::sound(text),
        c if c.is_ascii_alphabetic() => units::sound(text).unwrap_or_else(|| latin::sound(text)),
        _ => symbols::sound(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_sounds(expected: Option<Final>, hosts: &str) {
        for host in hosts.split_whitespace() {
            assert_eq!(sound(host).map(|reading| reading.sound), expected, "{host}");
        }
    }

    const C: Option<Final> = Some(Final::Consonant);
    const L: Option<Final> = Some(Final::Liquid);
    const V: Option<Final> = Some(Final::Vowel);

    #[test]
    fn numbers_are_read_as_korean_numbers() {
        assert_sounds(C, "0 3 6 10 100 1000 10,000 13 26 1.0 4.0 0.3 -3 2026년 100만 1억 3:0 2장");
        assert_sounds(L, "1 7 8 11 101 0.1 -1 1,008 18 3월 1일");
        assert_sounds(V, "2 4 5 9 45 99 1.2 10배 100개");
        assert_sounds(None, "$10 €3 £1,000 ₩500 1/2 10^6");
        assert_eq!(sound("18"), Some(Reading::certain(Final::Liquid)));
    }

    #[test]
    fn versioned_names_are_likely_where_the_english_number_sounds_otherwise() {
        assert_sounds(C, "GPT-3 H100 ResNet-50 VGG16 MP3 IPv6 x86 Llama3");
        assert_sounds(V, "GPT-2 GPT-4 GPT-4o T5 v2 IPv4 H.265 3D 5G 2x 4K GPT-3.5 CO₂");
        assert_sounds(L, "v1 Qwen-7 A-18");
        assert_eq!(sound("GPT-4"), Some(Reading::certain(Final::Vowel)));
        assert_eq!(sound("GPT-3"), Some(Reading::likely(Final::Consonant)));
        assert_eq!(sound("Python 3"), Some(Reading::likely(Final::Consonant)));
        assert_eq!(sound("USB 4.0").map(|r| r.sound), C);
    }

    #[test]
    fn units_are_read_in_full() {
        assert_sounds(V, "16GB 5km 5km² 3m 10ms 50Hz 10% 20℃ 3L 100W 8bit 1080p 1st 2nd 30fps 7B 3GHz 90° 100km/h 16MiB 5V");
        assert_sounds(C, "5kg 3g 10ppm 2rpm 6N 30min 5t");
        assert_sounds(L, "12px 3dB 5J 100hPa 2mol 5‰");
        assert_eq!(sound("3 kg").map(|r| r.sound), C, "with a blank");
        assert_eq!(sound("5 m").map(|r| r.sound), V);
    }

    #[test]
    fn letters_and_acronyms_are_read_by_letter() {
        assert_sounds(L, "L R l r URL HTML XML PR SSL ML OCR RL SQL MySQL NoSQL GraphQL ACL");
        assert_sounds(C, "M N n LLM GAN DOM RNN LSTM RAM BM VPN ARM SAM SIM npm cuDNN");
        assert_sounds(
            V,
            "A B x G Z API CPU OS PPO SGD BERT CUDA RAG ReLU SOTA NASA ASCII DNA MLP IoT LoRA GPT PNG png jpg pdf http VoIP PyPI",
        );
        assert_eq!(sound("API"), Some(Reading::certain(Final::Vowel)));
    }

    #[test]
    fn acronyms_read_as_words_are_listed() {
        assert_sounds(C, "CLIP BLIP SigLIP UMAP COLMAP JPEG jpeg LIME FLOP ZIP SHAP MATLAB .NET GET PUT NONE TIME");
        assert_sounds(V, "LiDAR FLOPS CRUD RADAR CIFAR METEOR OR mAP LAMP");
        assert_sounds(L, "YAML yaml TOML IDLE");
    }

    #[test]
    fn words_are_read_by_their_last_letters() {
        assert_sounds(L, "model Model kernel file module simple table Google Kaggle role scale style impl Excel Vercel");
        assert_sounds(C, "token string Python machine engine name frame Chrome design column training hook block clip");
        assert_sounds(C, "map group input layout bot packet widget TikTok Slack notebook");
        assert_sounds(
            V,
            "Looper Cargo Effect prompt script client test text Rust object weight batch cache React layer data memory window class",
        );
        assert_sounds(V, "loop root boot float repeat network task link safe code sheet tree unique pipe site");
        assert_sounds(None, "trait kumquat quit zeep Marrakec");
    }

    #[test]
    fn loan_words_and_names_are_listed() {
        assert_sounds(
            C,
            "app App WhatsApp format chat Step Vec git commit unit GitLab Colab web Web job tab type prototype Mac topic metric Anthropic Hadoop ImageNet LaTeX deep tweet",
        );
        assert_sounds(
            V,
            "PyTorch TensorFlow GitHub Linux Transformer Claude Llama Gemini NumPy JavaScript TypeScript bit kit sync async DeepSeek README readme",
        );
        assert_sounds(L, "Mistral DeepL Google Vercel MySQL Apple Oracle");
        assert_eq!(sound("PyTorch"), Some(Reading::certain(Final::Vowel)), "a name has one reading");
        assert_eq!(sound("app"), Some(Reading::likely(Final::Consonant)), "a common noun may be read by its meaning");
        assert_eq!(sound("Hugging Face").map(|r| r.sound), V);
        assert_eq!(sound("scikit-learn").map(|r| r.sound), C);
    }

    #[test]
    fn identifiers_and_file_names_are_read_by_their_last_part() {
        assert_sounds(
            V,
            "README.md setup.exe main.rs app.py Node.js getUser notes.txt useState user_id model.pt data.csv x.cpp ActionStep-v2 LLMs",
        );
        assert_sounds(C, "config.json main.bin example.com ActionStep get_item MAX_TOKEN train_fn");
        assert_sounds(L, "index.html Cargo.toml config.yml read_file RunModel to_sql");
    }

    #[test]
    fn greek_letters_and_symbols_have_names() {
        assert_sounds(V, "α β γ λ μ π σ θ ω Δ Σ Ω 50% 90° C++ g++ A+ ∞");
        assert_sounds(C, "ε ο υ C# F# x²");
        assert_sounds(None, "→ 漢字 😀 … ? я {name} ⟦1⟧");
        assert_eq!(sound(""), None);
    }

    #[test]
    fn decomposed_hangul_is_read_like_composed() {
        assert_eq!(sound(&super::super::hangul::decomposed("모델")), Some(Reading::certain(Final::Liquid)));
    }
}
