//! Latin words whose last letters tell too little: acronyms read as words, well known names, loan words in a fixed Korean form.

use super::Reading;
use crate::korean::hangul::Final;

/// Acronyms read as words whose class differs from that of their last letter, and mixed-case ones read by letter. Certain: one reading is in use.
#[rustfmt::skip]
const ACRONYMS: &[(Final, &[&str])] = &[
    (Final::Consonant, &["CLIP", "BLIP", "GLIP", "SigLIP", "SIGLIP", "UMAP", "COLMAP", "SLAP", "JPEG", "MPEG", "OPEC", "APEC", "NASDAQ", "jpeg", "mpeg", "LIME", "FLOP", "ZIP", "GZIP", "SHAP", "MATLAB", "NET"]),
    (Final::Vowel, &["LiDAR", "LIDAR", "Lidar", "lidar", "RADAR", "CIFAR", "SONAR", "mAP", "README", "Readme", "readme"]),
    (Final::Liquid, &["IDLE", "YAML", "TOML", "yaml", "toml"]),
];

/// Words that programs write in capitals and people read as words. Likely: some spell them out.
#[rustfmt::skip]
const CAPITAL_WORDS: &[(Final, &[&str])] = &[
    (Final::Consonant, &["GET", "PUT", "SET", "NOT", "MAP", "TIME", "NAME", "NONE", "DONE", "BLOCK", "LOCK", "STOP", "TOP", "SWAP", "GAP", "APP", "STEP", "WEB", "JOB", "GROUP", "LAB", "TYPE", "BOT", "CHAT", "UNIT", "GIT", "HOOK", "BOOK", "LaTeX", "TeX", "BibTeX", "KaTeX"]),
    (Final::Vowel, &["OR", "XOR", "NOR", "FOR", "BAR", "CAR", "VAR", "CHAR", "WAR", "STAR"]),
    (Final::Liquid, &["TABLE", "FILE", "RULE", "TITLE", "ROLE", "SCALE", "STYLE"]),
];

/// Names of programs, firms, models and places whose Korean form is fixed. Certain: a name is not read by its meaning.
#[rustfmt::skip]
const NAMES: &[(Final, &[&str])] = &[
    (Final::Vowel, &[
        "PyTorch", "TensorFlow", "GitHub", "Github", "Rust", "Docker", "Linux", "Transformer", "Transformers", "Claude", "Llama", "LLaMA", "Gemini", "NumPy", "Numpy", "SciPy",
        "JavaScript", "Javascript", "TypeScript", "Typescript", "React", "Kubernetes", "Microsoft", "YouTube", "Nvidia", "Tesla", "Meta", "Java", "Android", "Ubuntu", "Windows",
        "Hopper", "Spotify", "Redis", "Postgres", "Kafka", "Spark", "Keras", "Pandas", "Jupyter", "Swift", "Scala", "Julia", "Perplexity", "DeepSeek", "Grafana",
        "Prometheus", "Firebase", "MongoDB", "Discord", "Bard", "Cohere", "Whisper", "Elasticsearch", "Unity", "Vite", "Vue", "Svelte", "Deno", "Kimi", "DeepMind", "Reuters",
        "Codex", "Cursor", "Adobe", "Azure", "Django", "Ruby", "Huggingface", "HuggingFace", "iPad", "Kakao", "Naver", "Arduino", "Wikipedia", "Copilots",
    ]),
    (Final::Consonant, &[
        "Python", "Amazon", "Notion", "Zoom", "Qwen", "Facebook", "Instagram", "Telegram", "TikTok", "Slack", "Notebook", "Colab", "GitLab", "Gitlab", "Hadoop", "Anthropic", "Chrome", "Chromium", "iPhone",
        "Bloom", "Falcon", "ImageNet", "ResNet", "DenseNet", "MobileNet", "EfficientNet", "XLNet", "GoogLeNet", "WaveNet", "AlexNet", "UNet", "Copilot", "ChatBot", "Amazon", "LinkedIn", "Grok", "Git",
        "Reddit", "Streamlit", "LangChain", "Samsung", "WhatsApp", "WeChat", "Snapchat", "MacBook", "Macbook", "Mac", "Elon", "Photoshop", "Vim", "Steam", 
        "Berlin", "London", "Kotlin", "Erlang", "Golang", "Clang", "Webpack", "Titan", "Poisson", "Newton", "Markdown", "RMSProp", 
    ]),
    (Final::Liquid, &["Google", "Kaggle", "Apple", "Oracle", "Mistral", "DeepL", "Intel", "Vercel", "Excel", "Pixel", "Dell", "Haskell", "Perl", "MySQL", "PostgreSQL", "GraphQL", "OpenCL", "Babel", "Kernel", "Seoul", "Bell", "Bengal", "Nobel", "Gmail", ]),
];

/// Loan words in a fixed Korean form (국립국어원 외래어 표기) that end in b, c, p, t, d or e, where the letters do not tell. Likely: such a word may
/// be read by its meaning, as type is 유형 and format 형식.
#[rustfmt::skip]
const LOANS: &[(Final, &[&str])] = &[
    // a stop after a short vowel: 앱 스텝 챗 포맷 스펙 토픽 웹 잡
    (Final::Consonant, &[
        "app", "step", "rep", "sweep", "sleep", "deep", "keep", "type", "prototype", "datatype", "archetype", "genotype", "phenotype", "heap", "hadoop", "chip", "ship", "zip", "gzip", "pip", "sip",
        "web", "lab", "colab", "matlab", "gitlab", "job", "tab", "club", "pub", "blob", "crab", "cab", "fab", "grab",
        "format", "chat", "cat", "flat", "hat", "stat", "concat", "habitat", "git", "commit", "unit", "submit", "split", "fit", "summit", "orbit", "rabbit", "habit", "permit", "transit", "reddit", "pivot", "pilot",
        "circuit", "tweet", "retweet", "internet", "planet", "good", "big", "jpeg", "mpeg", "ffmpeg", "foot", "snapshot",
        "vec", "spec", "codec", "mac", "doc", "exec", "rec", "topic", "metric", "logic", "music", "basic", "public", "static", "dynamic", "traffic", "graphic", "semantic", "magic", "fabric", "elastic", "anthropic",
        "generic", "atomic", "classic", "heuristic", "stochastic", "arithmetic", "plastic", "academic", "comic", "republic", "epic", "fantastic", "sonic", "clinic", "olympic", "antic", "optic", "robotic", "mosaic", "intrinsic",
        "logistic", "statistic", "synthetic", "panic", "cosmic", "organic", "mechanic", "electric", "rubric", "agentic", "symbolic", "analytic", "quadratic", "parametric", "automatic", "critic",
    ]),
    // a cluster or a long vowel before it: 비트 키트 루프 시트 싱크
    (Final::Vowel, &[
        "bit", "kit", "toolkit", "hit", "credit", "edit", "wait", "suit", "loop", "sheet", "spreadsheet", "cheatsheet", "street", "feet", "meet", "greet", "fleet", "great", "seat", "soup", "debut", "route", "sync", "async",
        "disc", "hub", "github", "verb", "curb", "readme", "acme", "anime", "state", "scope", "shape", "pipe", "recipe", "tape", "escape", "landscape", "sketch", "hope", "envelope", "rope", "date", "template", "update",
        "note", "site", "suite", "website", "execute", "compute", "minute", "attribute", "loss", 
    ]),
    (Final::Liquid, &["pickle", "toggle"]),
];

/// The reading of a whole word, or of the last part of a camel-case word, that is listed in this spelling.
pub(super) fn name(word: &str) -> Option<Reading> {
    if let Some(sound) = listed(ACRONYMS, word).or_else(|| listed(NAMES, word)) {
        return Some(Reading::certain(sound));
    }
    // Names made with a listed one: OpenCLIP, MiniGPT stays by letter.
    if word.len() > 4 && word.ends_with("CLIP") {
        return Some(Reading::certain(Final::Consonant));
    }
    listed(CAPITAL_WORDS, word).map(Reading::likely)
}

/// The reading of a loan word in lower case letters.
pub(super) fn loan(word: &str) -> Option<Reading> {
    listed(LOANS, word).map(Reading::likely)
}

fn listed(table: &[(Final, &[&str])], word: &str) -> Option<Final> {
    table.iter().find(|(_, words)| words.contains(&word)).map(|(sound, _)| *sound)
}
