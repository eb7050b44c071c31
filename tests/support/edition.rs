//! A digest that a machine translated and an editor changed, for reviews.
// Each test binary compiles this file for itself and uses a part of it.
#![allow(dead_code)]

use crate::support::Project;

/// Six items under a heading, with a greeting and a closing line.
pub const ENGLISH: &str = "# Weekly News\n\nHello there.\n\n- [Saddle points](https://a.example/1) – Escaping saddle points is hard.\n- [Overfitting](https://a.example/2) – Networks overfit.\n- [Attention](https://a.example/3) – It is all you need.\n- [Robots](https://a.example/4) – They walk now.\n- [Speech](https://a.example/5) – It listens well.\n- [Maps](https://a.example/6) – They are drawn by machines.\n\nSee you next week.\n";

/// What the machine writes for each text.
const KOREAN: [(&str, &str); 15] = [
    ("Weekly News", "주간 소식"),
    ("Hello there.", "안녕하세요."),
    ("Saddle points", "안장점"),
    ("Escaping saddle points is hard.", "안장점에서 벗어나기는 어렵습니다."),
    ("Overfitting", "과대적합"),
    ("Networks overfit.", "네트워크는 과대적합됩니다."),
    ("Attention", "주의"),
    ("It is all you need.", "그것이 필요한 전부입니다."),
    ("Robots", "로봇"),
    ("They walk now.", "그들은 이제 걷습니다."),
    ("Speech", "음성"),
    ("It listens well.", "그것은 잘 듣습니다."),
    ("Maps", "지도"),
    ("They are drawn by machines.", "지도는 기계가 그립니다."),
    ("See you next week.", "다음 주에 만나요."),
];

/// The project, translated.
pub fn translated() -> Project {
    let project = Project::new(ENGLISH);
    let mut script = "IFS= read -r line; printf '%s\\n' \"$line\" >> asked; case \"$line\" in\n".to_owned();
    for (english, korean) in KOREAN {
        script.push_str(&format!("\"{english}\") if [ -e again ]; then echo '다시 옮긴 글입니다.'; else echo '{korean}'; fi;;\n"));
    }
    script.push_str("esac\n");
    project.filter(&script);
    let run = project.run(&["x.md", "--trust"]);
    assert_eq!(run.status, 0, "{run:?}");
    project
}

/// The project after an editor was at work: item 2 and 4 changed, 5 moved to the front, 3 taken out, one added.
pub fn edited() -> Project {
    let project = translated();
    project.write(
        "x.ko.md",
        "# 주간 소식\n\n안녕하세요.\n\n- [음성](https://a.example/5) – 그것은 잘 듣습니다.\n- [안장점](https://a.example/1) – 안장점에서 벗어나기는 어렵습니다.\n- [과적합](https://a.example/2) – 신경망은 과적합됩니다.\n- [로봇](https://a.example/4) – 로봇은 이제 걷습니다.\n- [지도](https://a.example/6) – 지도는 기계가 그립니다.\n- [덧붙임](https://a.example/9) – 편집자가 더한 글입니다.\n\n다음 주에 만나요.\n",
    );
    project
}
