"""A message without the clauses that only tell something of who asks, or only sigh: 我这手机慢，第四篇给我翻开呗."""

from __future__ import annotations

import re

MOST = 8  # clauses of a message that are looked at, chosen


def asked_and_told(message: str) -> tuple[str, str]:
    """The clauses that ask or wish something, and those that only tell; the message itself and "" where none asks, or all do.

    >>> asked_and_told("第四篇给我翻开呗，我瞅瞅都分几块儿。我这手机是儿子淘汰下来的，慢")
    ('第四篇给我翻开呗，我瞅瞅都分几块儿。', '我这手机是儿子淘汰下来的，慢')
    >>> asked_and_told("哎呀妈呀，社区让我五一上台讲两句，稿子开头咋整啊"), asked_and_told("我们要崇尚劳动")
    (('稿子开头咋整啊', '哎呀妈呀，社区让我五一上台讲两句，'), ('我们要崇尚劳动', ''))
    """
    clauses = _CLAUSE.findall(message)
    if not 1 < len(clauses) <= MOST:
        return message, ""
    kept = [clause for clause in clauses if not is_remark(clause)]
    asked = "".join(kept).strip()
    told = "".join(clause for clause in clauses if is_remark(clause))
    return (asked, told) if kept and told and _ASKS.search(asked) else (message, "")


def is_remark(clause: str) -> bool:
    """Whether a clause tells of who asks, or sighs, thanks, praises, and asks nothing.

    >>> [is_remark(clause) for clause in ("我眼花，", "慢", "我瞅瞅都分几块儿。", "社区让我上台讲两句", "工会怎么说")]
    [True, True, False, True, False]
    """
    bare = _ENDS.sub("", clause)
    return bool(_SIGHS.fullmatch(bare) or (_TELLS.match(bare) and not _ASKS.search(bare) and "篇" not in bare))


_ENDS = re.compile(
    r"^[\s,，。;；!！?？…~\U0001f300-\U0001faff\u2600-\u27bf]+|[\s,，。;；!！…~\U0001f300-\U0001faff\u2600-\u27bf]+$"
)  # ，  ✗我
# e.g. 我眼花，  慢  工会咋说的？😂  ✗，
_CLAUSE = re.compile(r"[^\s,，。;；!！?？…~\U0001f300-\U0001faff\u2600-\u27bf]+[\s,，。;；!！?？…~\U0001f300-\U0001faff\u2600-\u27bf]*")
# e.g. 哎呀妈呀  哈哈  真好听  懂了懂了  行啦  谢谢你啊孩子  慢  ✗工会
_SIGHS = re.compile(
    r"(?:[哎唉嗨哈嘿呵嗯噢哦喔呀啊妈咦诶额]++|笑死(?:我)?了?|好家伙|绝了|(?:真|太|挺)?(?:好听|好|有劲|提气|带劲|厉害|牛|香|准)(?:了|啊|呀|哈|嘞)*+|"
    r"(?:懂|明白|知道|晓得|行|好|得|中|妥|成|可以|对)++(?:了|啦|嘞|咧|的|吧|哈)*+(?:懂了|明白了)*+|就它了|谢谢?+[^,，。]{0,8}+|辛苦[^,，。]{0,6}+|麻烦[你您]?了?|不好意思|慢|急|"
    r"回来啦?|下课铃响了|笑死|好险|白背了|(?:你|您)慢点儿?|(?:你|您)?别(?:着急|急|嫌[^,，。]{1,4}|见怪)){1,6}"
)
_WHOM = (
    # e.g. 我  我这手机  我们退休支部  我大妹子  老伴儿  社区|让我  ✗工会
    r"(?>(?:我|俺|咱)们?(?:这|那|家)?(?:[^,，。]{0,6}?(?:手机|眼睛?|耳朵|脑子|记性|嘴|手|腿|妹子|姐妹|老伴|儿子|闺女|孙子|孙女|妈|爸|爷|奶|对象|同事|主任|领导|支部|单位|厂|车间|站|店))?儿?|"
    r"(?:老伴|儿子|闺女|孙子|孙女|孩子|同事|主任|领导|老板|老师|社区|单位|厂里|车间|街道|人家|学生|平台)(?:们|儿|里)?)"
)
# What a remark goes on with; not 我要, 我想问, 我记得, and not what speeches say: 我们要, 我们的.
# e.g. 我眼|花  我们退休支部|让写篇小文章  社区|让我五一上台讲两句  ✗我要找一句  ✗我们要崇尚劳动  ✗我记得有一句  ✗我们的事业
_TELLS = re.compile(
    rf"(?:[哎唉嗨哈嘿呀啊妈]+[,， ]?)?{_WHOM}(?!(?:就|也|还|再|先|真|只|光|都|是|现在)*(?:要(?!开|办|上|交|写|讲|做)|想|问|找|查|"
    rf"看|瞅|需|记|觉|听说|说的|指|咋|怎|如何|必须|应|将|每|党|国|的(?!手机)|为什么|能|可以|会不|有没|该|党))"
)
# What asks or wishes.
# e.g. 什么  咋|整  给我|翻开呗  找|找  打开  ✗我眼花
_ASKS = re.compile(
    r"什么|啥|哪|怎么|怎样|咋|如何|谁|几[个点条次句处篇块段回]|多少|为何|[吗没不]$|([说讲提有])没\1|有没有|是不是|能不能|第[一二三四五六七八九\d]|"
    r"给我|发我|给(?:个|点|俩|份|一)|找|查|念|打开|翻|来[一俩两几个句条段]|列|要[一俩两几个]|再[来给说念]|帮我|替我|讲讲|说说|看看|瞅瞅|核对|收藏|存|删|取消|换|改|抄|标|注明|出处|原[话文句]|[“”\"「」]"
)
