"""The statements of links.review.setwise: one asks what did not change, two judge and write."""

# each resident by key: the planner would read the whole register for each part (OFFSET 0 forbids it)
WITH_RESIDENT = """links_link CROSS JOIN LATERAL (SELECT * FROM accounts_resident
    WHERE accounts_resident.id = links_link.resident_id OFFSET 0) AS accounts_resident"""
# everything that a verdict rests on and that lies in these two rows
BASIS = """hashtextextended(concat_ws(chr(31), %(rules)s::text, links_link.resident_id,
    encode(links_link.row_digest, 'hex'), links_link.status,
    accounts_resident.name, accounts_resident.name_kana, accounts_resident.common_name,
    accounts_resident.former_surname, accounts_resident.birth_date, accounts_resident.sex,
    accounts_resident.address, accounts_resident.previous_address, accounts_resident.died_on), 0)"""
OWN = """COALESCE({0}.details ->> 'account_number', {0}.details ->> 'certificate_number',
    {0}.details ->> 'pension_number', {0}.details ->> 'number')"""
# what is left of a reading without vowels and long marks: equal wherever the rules read two alike
SKELETON = (
    "translate({0}.name_kana, 'ッャュョヮヵヶヅヂァィゥェォヲヰヱアイウエオー　', 'ツヤユヨワカケズジ')"
)
# about which a signal may speak: these are asked one by one; a CASE, since arms of an OR are asked twice
SUSPECT = f"""(CASE WHEN links_link.status = 'active' THEN accounts_resident.died_on IS NOT NULL
    OR (links_link.category = ANY(%(numbered)s) AND EXISTS (SELECT FROM links_link other
        WHERE {OWN.format("other")} = {OWN.format("links_link")}
        AND other.resident_id <> links_link.resident_id AND other.status = 'active'
        AND other.settled_as <> 'unlinked'))
    OR (links_link.category = ANY(%(lifted)s) AND accounts_resident.household_code <> '' AND EXISTS (
        SELECT FROM accounts_resident member
        WHERE member.household_code = accounts_resident.household_code AND member.id <> accounts_resident.id
        AND (member.name_kana ~ '[^ァ-ンヵヶー　]' OR length(member.name_kana) > 14
            OR {SKELETON.format("member")} = {SKELETON.format("accounts_resident")})))
    OR (links_link.category = %(insurance)s AND EXISTS (SELECT FROM links_link other
        WHERE other.resident_id = links_link.resident_id AND other.id <> links_link.id
        AND other.category = %(insurance)s AND other.status = 'active'
        AND other.settled_as <> 'unlinked')) ELSE false END)"""
UNCHANGED = f"""((links_link.verdict <> '' AND links_link.settled_digest = links_link.row_digest)
    OR ((links_link.verdict = 'match' OR (links_link.verdict = 'unverifiable'
            AND links_link.holder_name = '' AND links_link.holder_kana = ''))
        AND NOT links_link.concealed AND links_link.basis = {BASIS} AND NOT {SUSPECT}))"""
# MATERIALIZED, or the question is asked twice about each link
SORTED = f"""
WITH asked AS MATERIALIZED (SELECT links_link.id, CASE WHEN {UNCHANGED} THEN links_link.verdict END AS verdict
FROM {WITH_RESIDENT} WHERE links_link.id BETWEEN %(first)s AND %(last)s AND links_link.status <> 'removed'
    AND links_link.settled_as <> 'unlinked'
    AND links_link.institution_id = COALESCE(%(institution)s, links_link.institution_id)
    AND links_link.category = COALESCE(%(category)s, links_link.category))
SELECT verdict, count(*), array_agg(id) FILTER (WHERE verdict IS NULL) FROM asked GROUP BY verdict"""

SENT_AND_EQUAL = "CASE WHEN {sent} = '' THEN 'm' WHEN {equal} THEN 'e' END"
# normalising takes as long as all the rest: most rows agree without
JOINED = "replace(normalize({0}, NFKC), ' ', '')"
ALIKE = f"({{sent}} = {{known}} OR {{plain}} AND {JOINED.format('{sent}')} = {JOINED.format('{known}')})"
PLAIN_KANA = "name_kana ~ '^[ァ-ヶー]+　[ァ-ヶー]+$'"
PLAIN_NAME = "name ~ '^[一-鿕々]+　[一-鿕々ぁ-ゖァ-ヺ]*[一-鿕ぁ-ゖァ-ヺ]$'"
BORN = """birth_date <> '1900-01-01'
        AND birth_date ~ '^(19|20)[0-9]{2}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)'
            '|(0[13578]|1[02])-31)$'"""
# a day without marks or with strokes, and in an era: its letter or digit, its year, month and day
SAME_DAY = """(holder_birth_date IN (birth_date, replace(birth_date, '-', ''), replace(birth_date, '-', '/'))
    OR holder_birth_date ~ '^([1-4MTSH][0-9]|[5R][0-2])[0-9]{5}$' AND substr(holder_birth_date, 2, 2) <> '00'
        AND substr(holder_birth_date, 4) = replace(substr(birth_date, 6), '-', '')
        AND substr(birth_date, 1, 4)::int = substr(holder_birth_date, 2, 2)::int
            + (ARRAY[1867, 1911, 1925, 1988, 2018])
                [translate(left(holder_birth_date, 1), 'MTSHR', '12345')::int])"""
EQUAL = {
    "holder_name": ALIKE.format(sent="holder_name", known="name", plain=PLAIN_NAME),
    "holder_kana": ALIKE.format(sent="holder_kana", known="name_kana", plain=PLAIN_KANA),
    "holder_birth_date": f"{SAME_DAY} AND {BORN}",
    "holder_sex": "holder_sex = sex AND sex IN ('1', '2')",
    "holder_address": "holder_address = address AND address ~ '[0-9０-９]'",
}
LETTERS = "||".join(SENT_AND_EQUAL.format(sent=sent, equal=equal) for sent, equal in EQUAL.items())
# shapes are told only of names of letters: what has brackets or marks needs to be taken apart
LETTER = (
    r"[A-Z々ぁ-ゖァ-ヺー\u3400-\u4DB5\u4E00-\u9FD5\uF900-\uFAD9\U00020000-\U0002FA1D]"
    r"[\U000E0100-\U000E01EF]?"
)
SHAPE = f"""CASE WHEN accounts_resident.name ~ '^({LETTER})+([ 　]({LETTER})+)*$'
    AND accounts_resident.name_kana ~ '^([ァ-ヶー]+([ 　][ァ-ヶー]+)*)?$' THEN
    {LETTERS} END"""
OUTCOMES = """outcome AS (SELECT * FROM unnest(%(keys)s::text[], %(verdicts)s::text[], %(reasons)s::jsonb[],
    %(elements)s::jsonb[], %(conceals)s::bool[], %(owners)s::bigint[])
    AS told (key, verdict, reasons, elements, conceals, owner_id))"""
NEWS = """(links_link.verdict = '' OR (links_link.verdict, links_link.concealed)
        IS DISTINCT FROM (outcome.verdict, outcome.conceals)
    OR NOT COALESCE((SELECT (last.verdict, last.reasons, last.elements, last.conceals, last.owner_id)
        IS NOT DISTINCT FROM
        (outcome.verdict, outcome.reasons, outcome.elements, outcome.conceals, outcome.owner_id)
        FROM links_finding last WHERE last.link_id = links_link.id ORDER BY last.id DESC LIMIT 1), false))"""
JUDGED = f"""links_link.id, links_link.resident_id, links_link.verdict AS was,
    outcome.verdict, outcome.reasons, outcome.elements, outcome.conceals, outcome.owner_id,
    {NEWS} AS is_news"""
WRITTEN = """changed AS (UPDATE links_link SET verdict = judged.verdict, concealed = judged.conceals,
    basis = judged.basis FROM judged WHERE links_link.id = judged.id),
found AS (INSERT INTO links_finding
    (link_id, resident_id, run_id, verdict, reasons, elements, conceals, owner_id, rules_version, found_at)
    SELECT id, resident_id, %(run)s, verdict, reasons, elements, conceals, owner_id, %(rules)s, %(at)s
    FROM judged WHERE is_news),
history AS (INSERT INTO links_change (link_id, resident_id, kind, before, after, at)
    SELECT id, resident_id, 'verdict',
        CASE was WHEN '' THEN '{"verdict": ""}' ELSE jsonb_build_object('verdict', was) END,
        jsonb_build_object('verdict', verdict), %(at)s FROM judged WHERE is_news)
SELECT verdict, array_agg(id) FROM judged GROUP BY verdict"""
AS_WRITTEN = f"""WITH {OUTCOMES},
judged AS MATERIALIZED (SELECT {JUDGED}, {BASIS} AS basis
    FROM {WITH_RESIDENT}
    JOIN outcome ON outcome.key = (CASE WHEN links_link.category = ANY(%(lifted)s) THEN '+' ELSE '-' END)
        || ({SHAPE})
    WHERE links_link.id = ANY(%(pending)s::bigint[]) AND NOT {SUSPECT}
    ORDER BY links_link.id FOR UPDATE OF links_link),
{WRITTEN}"""
ONE_BY_ONE = f"""WITH {OUTCOMES},
asked AS (SELECT * FROM unnest(%(ids)s::bigint[], %(answers)s::text[], %(digests)s::bytea[],
    %(residents)s::bigint[], %(was)s::text[], %(statuses)s::text[], %(settled)s::text[], %(bases)s::bigint[])
    AS told (id, key, row_digest, resident_id, verdict, status, settled_as, basis)),
judged AS MATERIALIZED (SELECT {JUDGED}, asked.basis
    FROM links_link JOIN asked USING (id) JOIN outcome ON outcome.key = asked.key
    WHERE (links_link.row_digest, links_link.resident_id, links_link.verdict, links_link.status,
            links_link.settled_as)
        = (asked.row_digest, asked.resident_id, asked.verdict, asked.status, asked.settled_as)
    ORDER BY links_link.id FOR UPDATE OF links_link),
{WRITTEN}"""
