"""Where a line of Japanese may begin: at a phrase. Few browsers know, none is sure of it beside readings."""

import re
from functools import lru_cache
from itertools import accumulate

import budoux

PARSER = budoux.load_default_japanese_parser()
# An auxiliary begins a phrase of its own, and so does what stands after a middle dot
ALSO = re.compile(r"(?<=[てで])(?=いま|いる|ください|あります)|(?=かもしれ)|(?=では(?:な|あり))|(?<=・)")
# Never the start of a line: what leans on the word before it, a counter, the inside of latin words and &amp;
LEANS = re.compile(r"ついて|(?<=\d)[一-龥]|(?<=[!-~])[!-~]|(?<=\s)|\s")
# Words that the parser takes apart
WORDS = re.compile(r"はい、|もど[らりるれ]|やめ[るて]|当てはま|今日|超過|後見人|か[所月]|保険証|手帳番号")


@lru_cache(maxsize=1024)
def starts(text: str) -> frozenset[int]:
    """The places in a text at which a new line may begin; pages say mostly what other pages say."""
    places = set(accumulate(len(phrase) for phrase in PARSER.parse(text)))
    places |= {found.start() for found in ALSO.finditer(text)}
    inside = {place for word in WORDS.finditer(text) for place in range(word.start() + 1, word.end())}
    outer = places - inside - {0, len(text)}
    return frozenset(place for place in outer if not LEANS.match(text, place))
