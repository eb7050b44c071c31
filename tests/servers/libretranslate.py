"""A LibreTranslate server on this machine without models: its own app, limits and HTML walker, with Apertium as engine.

Apertium has no Korean, so `ko` is answered in what the pair gives: `python libretranslate.py --pair eng-spa --port 5000`.
Every option of LibreTranslate works: --char-limit, --batch-limit, --req-limit, --api-keys and the rest.
"""

import functools
import subprocess
import sys

del sys.path[0]  # this folder, where this file would be taken for the package

from argostranslate import translate  # noqa: E402

PAIR = sys.argv.pop(sys.argv.index("--pair") + 1) if "--pair" in sys.argv else "eng-spa"
sys.argv = [argument for argument in sys.argv if argument != "--pair"]


@functools.lru_cache(maxsize=None)
def apertium(text):
    run = subprocess.run(["apertium", "-u", "-f", "none", PAIR], input=text + "\n", capture_output=True, text=True, check=True)
    return run.stdout.rstrip("\n")


class Apertium(translate.ITranslation):
    def __init__(self, from_lang, to_lang):
        self.from_lang, self.to_lang = from_lang, to_lang

    def hypotheses(self, input_text, num_hypotheses=1):
        return [translate.Hypothesis(apertium(input_text), 0)] * num_hypotheses


english, korean = translate.Language("en", "English"), translate.Language("ko", "Korean")
english.translations_from = [Apertium(english, korean)]
translate.get_installed_languages = lambda: [english, korean]

from libretranslate import init, main  # noqa: E402 (reads the languages when it is loaded)

init.boot = lambda *arguments, **options: None  # it would fetch models
sys.argv += ["--host", "127.0.0.1", "--disable-files-translation"]
main()
