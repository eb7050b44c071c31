//! `changed-number` and `changed-unit` through the command: what Korean writes in its own way passes, what is another number is found.

use crate::support::Project;
use serde_json::Value;
use translate_digest::checks::{self, Chosen, Context, Group, Severity};
use translate_digest::digest::{Digest, Format};
use translate_digest::draft::pair::pair;
use translate_digest::glossary::Glossary;
use translate_digest::korean::hangul::decomposed;

/// Findings of both checks over pairs that are one item each: number of the item, severity, check, text at fault.
fn found(pairs: &[(&str, &str)]) -> Vec<(usize, String, String, String)> {
    let digests = pairs.chunks(40).enumerate();
    digests
        .flat_map(|(index, pairs)| {
            in_digest(pairs).into_iter().map(move |finding| (index * 40 + finding.0, finding.1, finding.2, finding.3))
        })
        .collect()
}

/// The same in one digest.
fn in_digest(pairs: &[(&str, &str)]) -> Vec<(usize, String, String, String)> {
    let digest = |side: fn(&(&str, &str)) -> String| pairs.iter().map(side).collect::<String>();
    let project = Project::new(&digest(|pair| format!("- Item: {}\n", pair.0)));
    project.write("x.ko.md", digest(|pair| format!("- Item: {}\n", pair.1)));
    let run = project.run(&["check", "x.md", "--only", "changed-number,changed-unit", "--format", "json", "--fail-on", "never"]);
    let value: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr));
    let file = project.read("x.ko.md");
    let findings = value["findings"].as_array().expect("findings").iter().map(|finding| {
        let number = |key: &str| finding[key].as_u64().unwrap_or_else(|| panic!("{key}: {finding}")) as usize;
        let word = |key: &str| finding[key].as_str().expect("a word").to_owned();
        (number("item"), word("severity"), word("check"), file[number("start")..number("end")].to_owned())
    });
    findings.collect()
}

/// Each of the pairs has one finding, at this text.
#[track_caller]
fn assert_each(severity: &str, check: &str, cases: &[(&str, &str, &str)]) {
    let pairs: Vec<(&str, &str)> = cases.iter().map(|case| (case.0, case.1)).collect();
    let mut findings = found(&pairs).into_iter();
    for (number, case) in cases.iter().enumerate() {
        let expected = (number + 1, severity.to_owned(), check.to_owned(), case.2.to_owned());
        assert_eq!(findings.next(), Some(expected), "{case:?}");
    }
    assert_eq!(findings.next(), None);
}

#[rustfmt::skip]
const SOUND: &[(&str, &str)] = &[
    ("The market grew 30% to $4.5 billion in 2021.", "2021년 시장 규모는 30% 성장해 45억 달러가 되었습니다."),
    ("It has 175B parameters.", "파라미터가 1,750억 개입니다."),
    ("It has 175B parameters.", "파라미터가 175B개입니다."),
    ("It has 1.5K stars and 10k users.", "별이 1,500개이고 사용자는 1만 명입니다."),
    ("We trained for 24 hours on 8 GPUs.", "GPU 8개로 하루 동안 학습했습니다."),
    ("The talk is at 3 p.m. on Oct 8th.", "발표는 10월 8일 오후 3시입니다."),
    ("The talk is at 3 p.m.", "발표는 15시에 있습니다."),
    ("The talk is at 3:30 p.m. ET.", "발표는 동부 시간 오후 3시 반입니다."),
    ("The talk is at 12 p.m.", "발표는 정오에 있습니다."),
    ("It starts at 12 a.m. sharp.", "정확히 자정에 시작합니다."),
    ("Published 2021-10-08.", "2021년 10월 8일에 공개되었습니다."),
    ("Published 10/8.", "10월 8일에 공개되었습니다."),
    ("Music of the 1990s is back.", "90년대 음악이 돌아왔습니다."),
    ("Music of the '90s is back.", "1990년대 음악이 돌아왔습니다."),
    ("In the 1800s, people walked.", "19세기에는 사람들이 걸어 다녔습니다."),
    ("The 19th century was long.", "19세기는 길었습니다."),
    ("He was born in 1995-96.", "그는 1995~1996년에 태어났습니다."),
    ("The tower is 120 km (75 mi) away.", "탑은 120km 떨어져 있습니다."),
    ("The tower is 75 miles (120 km) away.", "탑은 120km 떨어져 있습니다."),
    ("The tower is 75 miles away.", "탑은 약 120km 떨어져 있습니다."),
    ("He is 6 feet 2 inches tall.", "그의 키는 188cm입니다."),
    ("It was 90°F outside.", "바깥 기온은 섭씨 32도였습니다."),
    ("It was -4°F outside.", "바깥 기온은 영하 20도였습니다."),
    ("The bag weighs 50 pounds.", "가방은 무게가 23kg입니다."),
    ("It costs $100.", "가격은 약 13만 원입니다."),
    ("They won 3-2.", "그들은 3대 2로 이겼습니다."),
    ("They won 3-2.", "그들은 3:2로 이겼습니다."),
    ("About 1/2 of them left.", "그중 절반가량이 떠났습니다."),
    ("About 2/3 of them left.", "그중 3분의 2가량이 떠났습니다."),
    ("GPT-3 beats v1.5 of Python 3.10.", "GPT-3은 Python 3.10의 v1.5를 앞섭니다."),
    ("It is 2x faster.", "2배 빠릅니다."),
    ("It is 2x faster.", "두 배 빠릅니다."),
    ("The 2nd release is out.", "두 번째 릴리스가 나왔습니다."),
    ("The 2nd release is out.", "2차 릴리스가 나왔습니다."),
    ("The 1st prize went to her.", "1등 상은 그녀에게 돌아갔습니다."),
    ("The 3rd edition of the book.", "책의 제3판입니다."),
    ("She ranked 1st.", "그녀가 1위를 했습니다."),
    ("A dozen papers, twice a year.", "1년에 2번, 논문 12편."),
    ("It takes 90 minutes.", "1시간 30분이 걸립니다."),
    ("It takes 90 minutes.", "1시간 반이 걸립니다."),
    ("It takes 18 months.", "1년 6개월이 걸립니다."),
    ("It takes 18 months.", "1년 반이 걸립니다."),
    ("It takes 2 weeks.", "2주가 걸립니다."),
    ("It takes 2 weeks.", "보름이 걸립니다."),
    ("It takes 10 days.", "열흘이 걸립니다."),
    ("CO2 levels rose.", "이산화탄소 농도가 올랐습니다."),
    ("A 3D model.", "3차원 모델입니다."),
    ("A 3D model.", "입체 모델입니다."),
    ("A 4x4 matrix.", "4×4 행렬입니다."),
    ("Support is there 24/7.", "지원은 연중무휴입니다."),
    ("Between 3 and 5 million people.", "300만에서 500만 명입니다."),
    ("About 5-10 million users.", "500만~1,000만 사용자입니다."),
    ("3-5 million users.", "사용자 3~5백만 명."),
    ("Over 10 million users.", "천만 명이 넘는 사용자."),
    ("Over 100 people came.", "백 명이 넘게 왔습니다."),
    ("About 20 people came.", "스무 명쯤 왔습니다."),
    ("About 30 people came.", "삼십 명가량 왔습니다."),
    ("Only 3 models work.", "모델 세 개만 작동합니다."),
    ("Only 3 models work.", "세 모델만 작동합니다."),
    ("Only 2 of the 12 models work.", "열두 모델 중 두 개만 작동합니다."),
    ("Version 3 only.", "버전 3만 지원합니다."),
    ("Accuracy rose from 76.1 to 80.25 percent.", "정확도가 76.1%에서 80.25%로 올랐습니다."),
    ("It rose by 3 percentage points.", "3%p 올랐습니다."),
    ("It rose by 3 percentage points.", "3퍼센트포인트 상승했습니다."),
    ("The 10 best papers of 2021", "2021년 최고의 논문 10편"),
    ("Top 10 papers of '21", "21년 톱 10 논문"),
    ("(1) Train. (2) Test.", "첫째, 학습합니다. 둘째, 시험합니다."),
    ("1) train 2) test", "① 학습 ② 시험"),
    ("Article 247 of the law.", "법 제247조입니다."),
    ("Call 1-800-555-0199 now.", "지금 1-800-555-0199로 전화하십시오."),
    ("A $1 trillion company.", "시가총액 1조 달러 기업입니다."),
    ("A $2.5bn deal.", "25억 달러 규모의 거래입니다."),
    ("A £27m fee.", "이적료는 2,700만 파운드입니다."),
    ("Cubic-regularized methods.", "3차 규제항이 있는 방법."),
    ("A quadratic form in World War II.", "2차 세계대전의 2차 형식."),
    ("The 2010s were good; 5 decades passed.", "2010년대는 좋았고 50년이 지났습니다."),
    ("Two decades ago, in 1999.", "20년 전인 1999년."),
    ("The bill passed 51 to 49.", "법안은 51대 49로 통과되었습니다."),
    ("A 5-year-old girl and her 28-year-old dad.", "다섯 살 소녀와 스물여덟 살 아빠."),
    ("A 5-year-old girl.", "만 5세 소녀."),
    ("Speeds of 100 mph were seen.", "시속 160km가 관측되었습니다."),
    ("At 1 a.m. and 11:00, and 9:30.", "새벽 1시, 11시, 그리고 9시 반."),
    ("10,000 steps", "1만 보"),
    ("35,000 won", "3만5000원"),
    ("35,000 won", "3만 5천 원"),
    ("120 million people", "1억 2천만 명"),
    ("120 million people", "1억2000만 명"),
    ("1,234 items", "1234개"),
    ("1,200 items", "1천200개"),
    ("0.5% of 1,000", "1,000개의 0.5%"),
    ("MIT course 6.S191, lecture 7.", "MIT 강의 6.S191, 7강."),
    ("Chapter 3, Figure 2.", "3장, 그림 2."),
    ("iPhone 13 and Windows 11", "아이폰 13과 윈도우 11"),
    ("The 100 m race took 9.58 seconds.", "100m 경주에서 9.58초가 걸렸습니다."),
    ("A 1-in-5 chance.", "5분의 1 확률."),
    ("1 in 5 people.", "5명 중 1명."),
    ("50 percent of users.", "사용자의 절반."),
    ("50% of users.", "사용자의 절반."),
    ("100% of users.", "모든 사용자."),
    ("Up 200%.", "3배로 늘었다."),
    ("EMNLP 2021 has 3 tracks.", "EMNLP 2021에는 트랙이 3개 있습니다."),
    ("The 7th annual event", "제7회 연례 행사"),
    ("It was the 5th time in 10 years.", "10년 만에 다섯 번째였습니다."),
    ("In 2 months and 3 days.", "두 달 사흘 뒤에."),
    ("A 12-month, $500,000 grant", "1년간 50만 달러의 지원금"),
    ("$1.2 to $1.5 million", "120만~150만 달러"),
    ("Q3 2021", "2021년 3분기"),
    ("H1 of 2021", "2021년 상반기"),
    ("In his 20s.", "20대에."),
    ("Runs at 3.5 GHz with 16 GB of RAM.", "3.5GHz로 동작하며 RAM은 16GB입니다."),
    ("about 3,000 sq ft", "약 280㎡"),
    ("5 acres", "약 2헥타르"),
    ("1st, 2nd and 3rd place", "1, 2, 3위"),
    ("1st, 2nd and 3rd place", "1~3위"),
    ("No. 1 in the world", "세계 1위"),
    ("No. 1 in the world", "세계 최고"),
    ("a 10-fold increase", "10배 증가"),
    ("a 10-fold increase", "열 배 증가"),
    ("Only 1 of them.", "그중 하나뿐입니다."),
    ("in 1 go", "한 번에"),
    ("1 model and 2 data sets", "모델 하나와 데이터 세트 둘"),
    ("the 80/20 rule", "80 대 20 법칙"),
    ("the 80-20 rule", "80/20 법칙"),
    ("a 16-bit float", "16비트 부동 소수점"),
    ("the 8-hour day", "하루 8시간 노동"),
    ("the year 2000", "2000년"),
    ("from 9 to 5", "9시부터 5시까지"),
    ("The app grew to 3B readers in 150 towns, after 2.5 billion in June.", "앱은 150개 도시에서 독자 30억 명으로 커졌고, 6월에는 25억 명이었습니다."),
    ("The shop has 300M customers.", "가게의 고객은 3억 명입니다."),
    ("Pay $0.25/million calls.", "호출 100만 건당 0.25달러를 냅니다."),
    ("Rent is $90k and heating $7k a year.", "임대료는 9만 달러이고 난방비는 연간 7천 달러입니다."),
    ("Open from 3 - 9 March", "3월 3일 ~ 9일 개장"),
    ("The fair: Nov. 5th – 7th, 2018.", "박람회: 2018년 11월 5일~7일."),
    ("Letter #70 was late.", "70호 편지가 늦었습니다."),
    ("Guest #2 of the evening.", "그날 저녁의 두 번째 손님."),
    ("Four years ago, on the 9th of March 2017, it opened.", "4년 전인 2017년 3월 9일에 문을 열었습니다."),
    ("From 400k files, 60k+ moved.", "파일 40만 개 가운데 6만 개가 넘게 옮겨졌습니다."),
    ("A trillion-word corpus with 48 billion in use.", "480억 단어를 쓰는 1조 단어 말뭉치."),
    ("A 26B model and its 5B sister.", "260억 모델과 자매인 50억 모델."),
    ("She answered 7 of 9 questions for 28 out of 36 points.", "9문제 중 7문제에 답해 36점 만점에 28점을 받았습니다."),
    ("A 6-day school week.", "주 6일 수업."),
    ("A 9-hour flight.", "9시간의 비행."),
    ("16 months and 13,000 letters.", "16개월과 편지 1만3000통."),
    ("It made 1.9 trillion steps to 1.45 trillion.", "1조 9천억 걸음으로 1조 4,500억 걸음을 앞섰습니다."),
    ("The town sold 4GW in a $6bn deal.", "도시는 60억 달러에 4GW를 팔았습니다."),
    ("It hired 300 nurses, about 17% more.", "간호사를 약 17% 늘려 300명 뽑았습니다."),
    ("A 35-year walk round the lake.", "호수를 도는 35년의 산책."),
    ("A room for $800/month.", "월 800달러짜리 방."),
    ("70 million 'K210 class' boards in six years.", "6년 안에 K210급 보드 7천만 개."),
    ("31% of trains, up from 9% in 2016.", "2016년 9%에서 31%로 오른 열차 비율."),
    ("A 720p film shorter than a minute.", "1분이 안 되는 720p 영화."),
    ("A 2-3x speedup over GPT-4o-mini.", "GPT-4o-mini보다 2~3배 빠릅니다."),
    ("Out of 1,024 tokens, 10–15% are masked.", "토큰 1024개 중 10~15%가 마스킹됩니다."),
    ("We cut latency from 1.2s to 300ms.", "지연 시간을 1.2초에서 300ms로 줄였습니다."),
    ("A 7-billion-parameter model with 128K context.", "컨텍스트가 128K인 70억 파라미터 모델."),
    ("A 7-billion-parameter model with 128K context.", "컨텍스트가 12만 8천인 70억 파라미터 모델."),
    ("It has 1.5 million+ downloads.", "다운로드 수가 150만 회를 넘었습니다."),
    ("See Section 3.2 and Table 4.", "3.2절과 표 4를 보세요."),
    ("The first 100 users get 50% off.", "선착순 100명은 50% 할인을 받습니다."),
    ("The first 100 users get 50% off.", "선착순 100명은 반값에 삽니다."),
    ("In the early 2000s and mid-1980s.", "2000년대 초와 1980년대 중반에."),
    ("In the late '80s.", "80년대 말에."),
    ("A five-year, $10 million project.", "5년간 1천만 달러의 프로젝트."),
    ("He has 20 years of experience.", "그는 20년의 경력이 있습니다."),
    ("Q&A at 10:00 AM PST (6 PM UTC).", "오전 10시(PST), 오후 6시(UTC)에 질의응답이 있습니다."),
    ("Between 2012 and 2014 it tripled to 9,000.", "2012년에서 2014년 사이에 3배인 9천으로 늘었습니다."),
    ("A 3-minute read.", "읽는 데 3분."),
    ("Over 90 countries and 1/3 of the world.", "90개국 이상, 세계의 3분의 1."),
    ("For ages 3 and up.", "3세 이상."),
    ("The 100,000-token window.", "10만 토큰 창."),
    ("32-bit and 64-bit ARM, SHA-256 and AES-128.", "32비트와 64비트 ARM, SHA-256과 AES-128."),
    ("PR #1234 closes issue #56.", "PR #1234가 이슈 #56을 닫습니다."),
    ("Released v0.7.3 and 2.4.0-beta.6.", "v0.7.3과 2.4.0-beta.6이 나왔습니다."),
    ("A top-10 list for under-30s.", "30세 미만을 위한 상위 10 목록."),
    ("Top-5 accuracy of 92.7%.", "상위 5개 정확도 92.7%."),
    ("$5 (£4) a month.", "월 5달러."),
    ("About 500 words (2 pages).", "약 500단어(2쪽)."),
    ("In one of the 2 papers.", "두 논문 중 하나에서."),
    ("2 of them use one GPU each.", "그중 둘은 GPU를 하나씩 씁니다."),
    ("12 hours a day, 7 days a week.", "하루 12시간, 주 7일."),
    ("3 days later, on Sept. 30.", "사흘 뒤인 9월 30일."),
    ("10 days, 5 hours", "열흘 5시간"),
    ("1,000s of users", "수천 명의 사용자"),
    ("100s of models", "수백 개의 모델"),
    ("The 1,000th issue", "1000번째 이슈"),
    ("10^6 steps", "10⁶ 단계"),
    ("1e-4 learning rate", "학습률 1e-4"),
    ("p < 0.05 and n = 30", "p < 0.05, n = 30"),
    ("GPT-2's 1.5B parameters", "GPT-2의 15억 개 파라미터"),
    ("Windows 95 and the 386", "윈도 95와 386"),
    ("Boeing 747s", "보잉 747기"),
    ("He scored 30+ points.", "그는 30점 넘게 올렸습니다."),
    ("It was the 2nd-largest of 50 states.", "50개 주 가운데 두 번째로 컸습니다."),
    ("After 9/11, the 5th floor", "9·11 이후 5층"),
    ("the G7 and the G20", "G7과 G20"),
    ("a 50-50 split", "반반"),
    ("one-third of 300", "300의 3분의 1"),
    ("300 dpi at 60 fps", "60fps에 300dpi"),
    ("the $64,000 question", "6만4000달러짜리 질문"),
    ("40 hours/week", "주 40시간"),
    ("40 degrees Celsius", "섭씨 40도"),
    ("40°C", "40도"),
    ("5'10\" tall", "키 178cm"),
    ("5 ft 10 in tall", "키 178cm"),
    ("A score of 9/10.", "10점 만점에 9점."),
    ("A 3:1 ratio", "3대 1 비율"),
    ("2 to the power of 10", "2의 10제곱"),
    ("12 noon", "낮 12시"),
    ("the 12th", "12일"),
    ("1 million", "백만"),
    ("1 million", "100만"),
    ("1,000,000", "백만"),
    ("15,000", "만 오천"),
    ("2,500 years", "2천5백 년"),
    ("2,500 years", "이천오백 년"),
    ("1.5 million", "백오십만"),
    ("10 to 12 weeks", "10~12주"),
    ("6 months to a year", "6개월에서 1년"),
    ("30-day free trial", "30일 무료 체험"),
    ("30-day free trial", "한 달 무료 체험"),
    ("60 seconds", "1분"),
    ("7 days", "일주일"),
    ("14 days", "2주"),
    ("Cut it 8 mm (1/3 inch) deep.", "8 mm(1/3 인치) 깊이로 파세요."),
    ("In the 3rd half, 1/4 mile.", "세 번째 경기에서 1/4마일."),
    ("The probe sees the next 3 or 4 tokens.", "탐침은 다음 서너 토큰을 봅니다."),
    ("Each run asks 2 to 3 times.", "실행 한 번에 두세 번 묻습니다."),
    ("It fails 1 or 2 times a week.", "일주일에 한두 번 실패합니다."),
    ("5 or 6 people keep it alive.", "대여섯 명이 명맥을 잇습니다."),
    ("A class of 12 or 13 students.", "학생이 열두세 명인 수업."),
    ("It took 3-4 days and 6-7 reviews.", "사나흘이 걸렸고 리뷰는 예닐곱 번 받았습니다."),
    ("Plan for 2 or 3 years.", "이삼 년을 내다보세요."),
    ("Between 30 and 40 users came.", "사용자 삼사십 명이 왔습니다."),
    ("A 50-mile ride: they rode 50 miles in a day.", "80km 라이딩: 하루에 80km를 달렸습니다."),
    ("It weighs 10 pounds, yes, 10 pounds.", "무게는 4.5kg입니다. 네, 4.5kg입니다."),
];

#[test]
fn figures_written_as_korean_writes_them_pass() {
    let findings = found(SOUND);
    let shown: Vec<String> =
        findings.iter().map(|(item, severity, check, text)| format!("{severity} {check} `{text}`: {:?}", SOUND[item - 1])).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn another_number_is_an_error_at_that_number() {
    assert_each(
        "error",
        "changed-number",
        &[
            ("It came out in 2021.", "2024년에 나왔습니다.", "2024"),
            ("Accuracy is 98.5%.", "정확도는 98.6%입니다.", "98.6"),
            ("It has 30,000 users.", "사용자가 4만 명입니다.", "4만"),
            ("It has 1.2 million users.", "사용자가 130만 명입니다.", "130만"),
            ("Of 3 models, 2 work.", "모델 2개 중 2개가 작동합니다.", "2"),
            ("It has 12 layers in the 3 models of the world.", "세계의 세 모델에 층이 13개 있습니다.", "13"),
            ("GPT-3 is large.", "GPT-4는 큽니다.", "4"),
            ("It runs on Python 3.10.", "Python 3.11에서 작동합니다.", "3.11"),
            ("It is out on October 8.", "10월 9일에 나옵니다.", "9"),
            ("It is 120 km (75 mi) away.", "130km 떨어져 있습니다.", "130"),
            ("It is 120 km (75 mi) away.", "120km(74마일) 떨어져 있습니다.", "74"),
            ("It is 75 miles away.", "130km 떨어져 있습니다.", "130"),
            ("He weighs 17 pounds 1 ounce.", "그는 몸무게가 8.7kg입니다.", "8.7"),
            ("It starts at 3 p.m.", "오후 4시에 시작합니다.", "4"),
            ("They won 3-2.", "그들은 3대 1로 이겼습니다.", "1"),
            ("It is 10x faster.", "20배 빠릅니다.", "20"),
            ("The 19th century was long.", "18세기는 길었습니다.", "18"),
            ("Music of the 1990s.", "80년대의 음악.", "80"),
            ("It took 8 GPUs.", "GPU로 학습했습니다.", ""),
            ("In 2021 and again in 2021.", "2021년에, 그리고 다시 2022년에.", "2022"),
            ("The default is 0.", "기본값은 1입니다. 오류는 없습니다.", "1"),
            ("It has a default of 0.", "기본값은 1입니다. 오류는 없습니다.", "1"),
            ("It is at 9:30.", "9시 40분입니다.", "40"),
            ("Half of the 40 people of this world.", "이 세계의 사람 50명 중 절반.", "50"),
            ("The probe sees the next 3 or 4 tokens.", "탐침은 다음 두세 토큰을 봅니다.", ""),
            ("Each run asks 2 times.", "실행마다 서너 번 묻습니다.", ""),
            ("It took 8 days.", "사나흘이 걸렸습니다.", ""),
            ("Plan for 4 years.", "이삼 년을 내다보세요.", ""),
            ("30 users came.", "사용자 사오십 명이 왔습니다.", ""),
            ("A 50-mile ride: they rode 50 miles in a day.", "80km 라이딩: 하루에 90km를 달렸습니다.", "90"),
            ("They rode 50 miles on Monday and 60 miles on Friday.", "월요일에 80km를 달리고 금요일에도 달렸습니다.", ""),
        ],
    );
}

#[test]
fn a_figure_of_the_korean_alone_is_a_hint() {
    assert_each(
        "hint",
        "changed-number",
        &[
            ("The tool is out.", "이 도구는 2021년에 나왔습니다.", "2021"),
            ("It has three models.", "모델이 4개 있습니다.", "4"),
            ("It came out in October.", "11월에 나왔습니다.", "11"),
            ("A dozen papers.", "논문 13편.", "13"),
            ("The second version.", "1차 버전.", "1"),
            ("Two of three.", "2개 중 2개.", "2"),
        ],
    );
}

#[test]
fn another_unit_or_scale_is_a_warning() {
    assert_each(
        "warning",
        "changed-unit",
        &[
            ("It is 5 km away.", "5m 떨어져 있습니다.", "5"),
            ("Accuracy rose by 3%.", "정확도가 3%p 올랐습니다.", "3"),
            ("Accuracy rose by 3 percentage points.", "정확도가 3% 올랐습니다.", "3"),
            ("It costs $100.", "가격은 100원입니다.", "100"),
            ("5 million people came.", "5천 명이 왔습니다.", "5천"),
            ("2.3 billion people came.", "23만 명이 왔습니다.", "23만"),
            ("It takes 2 hours.", "2분이 걸립니다.", "2"),
            ("It takes 30 minutes.", "30초 걸립니다.", "30"),
            ("It takes 2 days.", "두 달이 걸립니다.", "두"),
            ("It needs 16 GB of RAM.", "RAM이 16MB 필요합니다.", "16"),
            ("It is 20 miles away.", "20킬로미터 떨어져 있습니다.", "20"),
            ("It was 90 °F.", "기온은 섭씨 90도였습니다.", "90"),
            ("€40 million were paid.", "4천만 달러를 냈습니다.", "4천만"),
        ],
    );
}

/// Every digit of the sound Korean, changed to each of two others.
#[test]
fn a_changed_digit_is_found() {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for (english, korean) in SOUND.iter().filter(|(english, _)| english.bytes().any(|b| b.is_ascii_digit())) {
        for (at, digit) in korean.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
            for other in [(digit - b'0' + 1) % 10, (digit - b'0' + 7) % 10] {
                let leads = !korean[..at].ends_with(|c: char| c.is_ascii_digit());
                let other = if other == 0 && leads { 4 } else { other };
                pairs.push((english, format!("{}{other}{}", &korean[..at], &korean[at + 1..])));
            }
        }
    }
    let borrowed: Vec<(&str, &str)> = pairs.iter().map(|(english, korean)| (*english, korean.as_str())).collect();
    let findings = found(&borrowed);
    let missed: Vec<&(&str, &str)> = borrowed
        .iter()
        .enumerate()
        .filter(|(item, _)| !findings.iter().any(|finding| finding.0 == item + 1))
        .map(|(_, pair)| pair)
        .collect();
    assert!(missed.len() * 50 <= pairs.len(), "{} of {}: {missed:#?}", missed.len(), pairs.len());
}

#[test]
fn decomposed_text_and_windows_lines_are_read_alike() {
    let project = Project::new("- Paper: 12 of 30,000 users, 3 hours.\r\n- Next: 5 km.\r\n");
    let korean = decomposed("- 논문: 사용자 3만 명 중 열두 명, 세 시간.\r\n- 다음: 6km.\r\n");
    project.write("x.ko.md", korean);
    let run = project.run(&["check", "x.md", "--only", "changed-number,changed-unit", "--fail-on", "never"]);
    assert!(run.stdout.contains("the English item has `5`, the Korean one `6`") && run.stdout.contains("1 error,"), "{}", run.stdout);
}

/// Pieces of figures in every order: nothing breaks, and a text has no fault against itself.
#[test]
fn any_figures_are_compared_without_harm() {
    use proptest::prelude::*;
    let pieces = [
        "1",
        "20",
        "3.5",
        "2021",
        "000",
        ",",
        ".",
        ":",
        "/",
        "-",
        "~",
        " ",
        "%",
        "%p",
        "$",
        "€",
        "km",
        "km2",
        "ft",
        "'",
        "\"",
        "(",
        ")",
        "K",
        "B",
        "s",
        "th",
        " a.m.",
        " million",
        " dozen",
        " decades",
        " percent",
        "년",
        "월",
        "일",
        "시 반",
        "분의",
        "만",
        "억",
        "천",
        "백",
        "조",
        "여",
        "제",
        "두 ",
        "열두",
        "스물",
        "이십",
        "첫째",
        "개",
        "명",
        "달러",
        "섭씨 ",
        "도",
        "①",
        "⁶",
        "I",
        "XIV",
        " a ",
        " half ",
        "two ",
        "hundred ",
        "and ",
        "five ",
        "가",
        "Ｎ",
        "９",
        "\u{1F468}",
        "\u{200D}",
        "\u{FFFC}",
        "&#39;",
        "`7`",
        "**",
        "\t",
    ];
    let latin: Vec<&str> = pieces.iter().copied().filter(|piece| piece.is_ascii()).collect();
    let line = |pieces: Vec<&str>| format!("- 가 {}\n", pieces.concat());
    let any = prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24).prop_map(line);
    let latin = prop::collection::vec(prop::sample::select(latin), 0..24).prop_map(line);
    let config = ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(english in any.clone(), korean in any, own in latin)| {
        let _ = faults(&english, &korean);
        let errors: Vec<_> = faults(&own, &own).into_iter().filter(|(severity, _)| *severity == Severity::Error).collect();
        prop_assert!(errors.is_empty(), "{own:?}: {errors:?}");
    });
}

/// Findings of two texts through the library.
fn faults(english: &str, korean: &str) -> Vec<(Severity, String)> {
    let glossary = Glossary::load("glossary.toml", "[terms]\n").expect("loads");
    let parse = |text| Digest::parse(text, Format::Markdown, None);
    let (english, korean) = (parse(english), parse(korean));
    let pairs = pair(&english, &korean, &vec![Vec::new(); english.segments.len()]);
    let chosen: Vec<Chosen> = Chosen::all().into_iter().filter(|chosen| chosen.check.about().group == Group::Figures).collect();
    let found = checks::run(&Context::new(&glossary, &korean, Some((&english, &pairs))), &chosen);
    assert!(found.broken.is_empty(), "{:?}", found.broken);
    found.findings.into_iter().map(|finding| (finding.severity, finding.message)).collect()
}
