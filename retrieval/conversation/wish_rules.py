"""Rules for wishes: for what the bot does beside answering, and for what goes on with the wish before.

Their examples: questions before, the last one first, by // / message → wish that follows, ✗ where the rule does not answer. A test runs
them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.literal_answer import sentences_around
from retrieval.conversation import answer_patterns as about
from retrieval.conversation.answer_rules import chosen, of_it_alone, show
from retrieval.conversation.memory import Conversation
from retrieval.conversation.utterance import NOTHING, Turn, Utterance, again, said
from retrieval.conversation.wishes import WISHES
from retrieval.question.wordlists import any_of
from retrieval.speeches.quotes import quote as quote_at


def wished(utterance: Utterance) -> Turn | None:
    """做成图片, 第3篇的词云, 群里怎么用: what is wished, with the speech or quote that it is to be done with.

    — / 第3篇的词云 → cloud   怎么宣传劳模 / 收藏这句 → save
    怎么宣传劳模 / 我存的在哪看 → saved   — / 做个PPT → cannot   ✗ — / 群众怎么说   ✗ — / 收藏家是谁
    """
    index, text = chosen(utterance)
    text = _USES.sub("", text)
    if _SAVED_ONES.search(utterance.said):
        return Turn("wish", NOTHING, say="saved", about=utterance.message, then=wish_kept(utterance, "saved"))
    for name, pattern in (("picture", about.PICTURE), ("save", about.SAVE)):
        if utterance.card and utterance.is_only(_FOR_WHOM.sub("", text), pattern):
            return Turn("wish", utterance.before, quotes=(utterance.card[index],), say=name, about=utterance.message)
    text = utterance.understood.text if utterance.understood.references else utterance.said
    for kind in WISHES:
        if kind.name == "list" and utterance.card and not _SPEECHES.search(text):
            continue
        if kind.name == "file" and any(named.path or named.paragraph for named in utterance.understood.references):
            continue  # 第6篇的第三部分全文发一下, a part to be read
        if kind.name == "list" and utterance.understood.references and _CONTENTS.search(text):
            return again(utterance, utterance.understood.references[0].as_asked)  # 第6篇 目录
        if kind.pattern.search(text) and not utterance.left(text, kind.pattern, any_of(utterance.words.address), _MATTER):
            return Turn(
                "wish",
                NOTHING,
                quotes=utterance.card[index : index + 1],
                say=kind.name,
                about=utterance.message,
                then=wish_kept(utterance, kind.name),
            )
    return None


_USES = re.compile(
    r"^(?:好|行|嗯)?[,，。 ]*(?:就|那就)?(?:用|要|选)[^,，。]{1,6}?[那这]?一?[个句条][,，。 ]*(?=.)"
)  # |好,就用咸阳那个。|帮我收起来  ✗用工会
# e.g. 我存的|在哪看  我收了哪些了|，让我瞅瞅  我刚才存的那几句|给我看看  看看我收藏的  收藏的|都发给我  存到哪了  ✗把这句存起来
# e.g. ✗收藏的方法
_SAVED_ONES = re.compile(
    r"^我(?:都|一共|已经)?(?:收藏?|存)了(?:哪些|些什么|几[条句])了?|收藏(?:夹)?里(?:面|头)?(?:都|现在)?有(?:啥|什么|哪些|几条|多少)|(?:没让|没叫|不要|别)你?(?:收藏|存)(?:这个|这句|它)?|"
    r"(?:我|俺|咱)?(?:刚才|刚刚|之前|以前|上次|昨天)?(?:收藏|保存|存|收|留)(?:了|过|下来?|着)?的(?:那|这)?(?:些|几|一)?(?:[句条个]|话|东西)?"
    r"(?=都|全|(?:现在)?(?:在哪|去哪|给我|拿|看|怎么[看找]|哪|呢|有))|(?:收藏|保存|存|收)(?:到|在|去)?哪(?:里|儿)?(?:了|去)|"
    r"(?:看看?|查看?|打开|翻翻?|调出)(?:一?下)?(?:我|俺)(?:的)?(?:收藏|保存|存|收)(?:了|过|下来?|着)?的$|^(?:我|俺)的?收藏的?$"
)
# e.g. 做成一张图片|，发给老伙伴们|  弄个图|，我好发朋友圈|  ✗发给老伙伴们
_FOR_WHOM = re.compile(
    r"(?<=.{2})[,，。;；! ]+(?:我|好|也|要|想|想要|准备|打算|用来)*(?:转发|转|发|传|送|寄|分享|贴|拿|印)(?:给|到|在|进|去|了)?(?!我|"
    r"出处|原)[^,，。?!什怎哪谁几吗]{1,10}$"
)


def wording_taken(utterance: Utterance) -> Turn | None:
    """收藏这句：劳动最光荣，劳模最伟大: the sentence that is written out is kept, or drawn, if it stands in the speeches.

    — / 收藏这句：劳动最光荣，劳模最伟大 → save   — / 把“劳动最光荣，劳模最伟大”做成图片 → picture
    — / 存：劳动最光荣，劳模最伟大 → save   — / 劳动最光荣，劳模最伟大 这句做成图片 → picture
    ✗ — / 收藏这句：劳动最美，劳模最帅   ✗ — / 收藏工会   ✗ 怎么宣传劳模 / 收藏这句
    """
    found = _TAKEN.fullmatch(utterance.message.strip(" 。！!"))
    wording = next(filter(None, (found[name] for name in ("after", "marked", "spaced"))), "") if found else ""
    verb = next(filter(None, (found[name] for name in ("first", "last", "end"))), "") if found else ""
    places = utterance.engine.exact.look_up(wording).places if wording else ()
    if not places:
        return None
    corpus, place = utterance.engine.corpus, places[0]
    whole = quote_at(corpus, place.speech, sentences_around(corpus, place))
    name = "picture" if about.PICTURE.search(verb) else "save"
    return Turn("wish", NOTHING, quotes=(whole,), say=name, about=utterance.message, then=of_it_alone(utterance, whole))


# e.g. 收藏这句：劳动最光荣，劳模最伟大  存:劳动最光荣,劳模最伟大  把“劳动最光荣”做成图片  ✗收藏这句  ✗收藏工会
_TAKEN = re.compile(
    r"(?:请|帮我|给我|麻烦)*(?P<first>(?:收藏|保存|存|加星|做(?:成|张)?图片?|生成图片?|做海报|做(?:成|张)?海报)(?:一?下|起来)?)"
    r"(?:[这那]?一?[句条]?(?:话)?)?[:： ]*[“\"「]?(?P<after>[^”\"」:：?？]{6,80}?)[”\"」]?$|"
    r"(?:请|帮我|给我)*(?:把|将)?[“\"「](?P<marked>[^”\"」]{4,80})[”\"」](?:[这那]一?[句条](?:话)?)?(?:给我|帮我)?(?P<last>收藏|保存|存|加星|(?:做|生成|弄|转)(?:成|一?张|个)*(?:图片?|海报|卡片))"
    r"(?:一?下|起来|下来)?|"
    r"(?P<spaced>[^“”\"「」:：?？]{6,80}?)[ 　,，]{1,3}[这那]一?[句条个](?:话)?(?:好|不错)?[ 　,，]*(?:给我|帮我)?(?P<end>存着|存一?下|"
    r"存起来|收藏(?:一?下)?|做(?:成)?(?:一张)?图片?|出图|做(?:成|张)?海报)$"
)


def sharing_asked(utterance: Utterance) -> Turn | None:
    """怎么把这句话发到我们微信群: how a quote is taken out of here.

    怎么宣传劳模 / 怎么把这句发到微信群里 → sharing   怎么宣传劳模 / 这段咋转到朋友圈 → sharing
    ✗ 怎么宣传劳模 / 发给我   ✗ — / 群里怎么用
    """
    return said("sharing") if utterance.card and _SHARING.search(utterance.spoken) else None


# e.g. 怎么把这句话发到|我们微信群  这段|咋转到|朋友圈  ✗发给我  ✗群里怎么用
_SHARING = re.compile(
    r"(?:怎么|咋|如何|怎样)(?:样)?(?:才能|能)?把?(?:[这那它]一?[句段条个]?(?:话)?)?(?:发|转|分享|弄|搬|送)(?:发|给)?(?:到|给|进|去|在)(?=.{0,8}(?:群|微信|朋友圈|qq|钉钉|同事|别人|领导|公众号))"
)


def copying_asked(utterance: Utterance) -> Turn | None:
    """怎么复制啊，我手机上: how it is copied, not the quote once more.

    怎么宣传劳模 / 弄成能直接复制的 → quotes   — / 怎么复制啊 我手机上 → copying
    怎么宣传劳模 / 想把它复制到稿子里，在手机上怎么操作 → copying
    ✗ 怎么宣传劳模 / 复制给我   ✗ — / 怎么复制先进经验
    """
    if not utterance.is_only(utterance.said, _COPYING, _ON_WHAT, _COPIED):
        return None
    if utterance.card and _COPIED.search(utterance.said) and not _HOW.search(utterance.said):
        return show(
            utterance, utterance.card[min(utterance.conversation.chosen, len(utterance.card) - 1) :][:1], utterance.conversation.chosen
        )
    return said("copying")


_HOW = re.compile("怎么|怎样|咋|如何|吗|么$")  # 怎么|复制  ✗能复制的
# e.g. 弄成能直接复制的  给我纯文字的  ✗复制
_COPIED = re.compile(
    r"(?:弄成|做成|发|给|要)?(?:我)?(?:个|一份)?(?:能|可以)?直接(?:复制|粘贴|粘上去)的?|(?:能|可以)(?:复制|粘贴)的(?:版本?|格式)?|复制得下来的?|(?:给|要|发)(?:我)?纯文字的?"
)
_TAKE = (
    # e.g. 复制  拷|到U盘  弄到|word  ✗弄成图
    r"(?:复制|拷贝|拷(?!问|打)(?:走|下来)?|粘贴|粘(?!合|度)|(?:弄|搬|贴|导|转|倒)(?:到|进)(?!群|手机))"
)
_KEEP = (
    # e.g. 抄到手机  存手机里  保存到u盘  ✗存起来
    r"(?:抄|存|保存|记|弄|搬|导|放|拷)(?:起来|下来)?(?:到|进|在)?(?:我)?(?:的)?(?:手机|电脑|u盘|相册|备忘录|文档|微信)(?:里面?|上|头)?(?:存起|存着|去)?"
)
# e.g. 怎么复制  咋拷贝  能复制吗  复制到稿子里,在手机上怎么  ✗复制给我
_COPYING = re.compile(
    rf"(?:怎么|怎样|咋|如何)(?:样)?(?:才能|能|去|把(?:它|这句))?{_TAKE}|{_TAKE}[^?。]{{0,14}}(?:怎么|怎样|咋|如何)|(?:能|可以)(?:不能|不可以)?(?:直接)?{_TAKE}(?:到|进)?(?:我)?的?(?:稿子?|文档|材料|课件|笔记|word)?(?:里面?|上|中)?(?:吗|么|不|嘛)?$|(?:怎么|怎样|咋|如何)(?:才能|能|去|把)?[^,，?。]{{0,8}}?{_KEEP}|{_KEEP}[^?。]{{0,8}}(?:怎么|怎样|咋|如何)"
)
_ON_WHAT = re.compile(
    "课件|教案|报告|论文|作业|文章|笔记本|材料|原[文话句]|引文|内容|你[发说给]的?话?|话|word|wps|excel|ppt|pdf|记事本|备忘录|笔记|文件|表格|朋友圈|公众号|邮件|群里?|电子版|文字|光要|只要|手机|电脑|操作|粘贴|稿子|文档|微信|办|字"
)  # 手机  字  ✗经验
_CONTENTS = re.compile(r"目录|提纲|大纲|框架")  # 目录  ✗那个
_SPEECHES = re.compile(r"篇|讲话|稿|目录|清单|城市|地方|哪年|年份")  # 篇  目录  ✗列出来


def contents_of_opened(utterance: Utterance) -> Turn | None:
    """列一下它的小标题 after a speech was opened: its contents.

    第6篇 / 它的目录列一下 → 6   4.2 / 列出小标题 → 4   第6篇 / 目录 → 6   第3篇 / 分哪几块 → 3
    ✗ 怎么宣传劳模 / 列出小标题   ✗ — / 它的目录列一下
    """
    opened = utterance.before.references[0] if utterance.before.lookup and utterance.before.references else None
    if (
        opened is None
        or not utterance.engine.scope.exists(opened)
        or utterance.understood.references
        or not utterance.is_only(utterance.said, _HEADINGS)
    ):
        return None
    return again(utterance, str(opened.number))


# e.g. 小标题列一下  它的提纲  这篇的目录  目录  分哪几块  分几块讲的列标题  一共分成几个部分  ✗题目  ✗讲话目录  ✗分开
_HEADINGS = re.compile(
    r"(?:列|给|看|发)?(?:出|一列|一?下|我)*(?:(?:它|这篇|那篇|全篇|整篇)的?(?:标题|目录)|(?:它|这篇|那篇|全篇|整篇)?的?(?:小标题|各个?标题|提纲|大纲|框架|(?<!讲话)目录))"
    r"(?:列|给|看|发)?(?:出来?|一列|一?下|我)*|有(?:哪些|哪几个?|几个?)(?:小节|小标题|大?部分|章节)|"
    r"(?:一共|总共|都|又|还)*(?:划?分)(?:成|为|了)*(?:哪几|几|多少|哪些)[个大]*(?:小节|大?部分|块|章节?|点)(?:讲|来讲|写)?的?"
    r"(?:(?:列|给|看)(?:一?下|出来?|我)*(?:大|小)?标题)?"
)


def wish_kept(utterance: Utterance, name: str) -> Conversation | None:
    """The list of speeches is one that can be counted; what is said after the daily quote, a quiz or the favourites may be about them."""
    named = utterance.understood.references
    if name == "cloud" and len(named) == 1:  # 最大那几个词是啥
        return replace(utterance.conversation, question=named[0].as_asked, card=(), window="", wished=name)
    if name in GOING_ON or name == "cloud":
        return replace(utterance.conversation, wished=name)
    if name == "file" and len(utterance.understood.references) == 1:  # 太长了，只要最后一段
        return replace(utterance.conversation, question=utterance.understood.references[0].as_asked, card=(), window="")
    return replace(utterance.conversation, listed="0") if name == "list" else None


def quiz_answer_asked(utterance: Utterance) -> Turn | None:
    """不会，答案呢 after a quiz: where its answer is.

    怎么宣传劳模 // 考考我 / 不知道，答案是啥 → quiz_answer   ✗ 怎么宣传劳模 / 答案呢   ✗ 怎么宣传劳模 // 考考我 / 劳模精神是什么
    """
    if utterance.conversation.wished != "quiz" or not utterance.is_only(utterance.said, _QUIZ_ANSWER):
        return None
    return said("quiz_answer", then=wish_kept(utterance, "quiz"))


# e.g. 不会  答案呢  告诉我|答案  选错|了  ✗劳模
_QUIZ_ANSWER = re.compile(
    r"(?:[这那]一?[道题个]|我们|咱们?|都|吧|请)|答不(?:上来?|出来?)|(?:直接)?(?:说|给|看)?(?:出)?(?:正确)?答案(?:是|呢|公布|揭晓)?(?:什么|啥|多少|哪个)?|不(?:会|知道|晓得|清楚)(?:做|选)?|猜不(?:到|出来?|着)|难(?:了)?|(?:选|答|猜)(?:的)?(?:是)?(?:第[一二三四五]个?|[a-e]|[1-5])(?:个|项|答案|选项)*|告诉(?:我)?|公布|揭晓|哪个(?:是)?对|(?:选|答|猜)(?:错|对)"
)


def quiz_stopped(utterance: Utterance) -> Turn | None:
    """不玩了 after a quiz: taken note of.

    怎么宣传劳模 // 考考我 / 哎呀答不上来，不玩了不玩了，先停下 → noted   ✗ 怎么宣传劳模 / 不玩了   ✗ 怎么宣传劳模 // 考考我 / 不会
    """
    ended = utterance.conversation.wished == "quiz" and _QUIZ_ENDS.search(utterance.said) and "答案" not in utterance.said
    return said("noted") if ended and not utterance.understood.references else None


_QUIZ_ENDS = re.compile(
    "不(?:玩|答|考|做|猜|测)(?:题)?了|(?:先|就)(?:停|到这|不答)|没空(?:了|答)|(?:测验|测试|答题)(?:先)?(?:停|结束)"
)  # 不玩了  ✗不会


def wish_goes_on(utterance: Utterance) -> Turn | None:
    """取消吧, 改成七点 after a wish for the daily quote, 下一题 after a quiz: about that.

    怎么宣传劳模 // 每天给我推一句 / 还是取消吧 → daily   怎么宣传劳模 // 每天给我推一句 / 换成晚上九点 → daily
    怎么宣传劳模 // 考考我 / 换一道 → quiz
    怎么宣传劳模 // 考考我 / 学生说太简单了，请再出一道 → quiz   怎么宣传劳模 // 我的收藏 / 把这条删掉 → saved
    ✗ 怎么宣传劳模 // 每天给我推一句 / 取消了哪些收费   ✗ 怎么宣传劳模 / 还是取消吧   ✗ 怎么宣传劳模 / 换一道
    """
    name = utterance.conversation.wished
    if name not in GOING_ON or (utterance.understood.references and name != "daily"):
        return None
    if name == "saved" and _TAKEN_OUT.fullmatch(utterance.said):
        return Turn("wish", NOTHING, say=name, about=utterance.message, then=wish_kept(utterance, name))  # 导出来发我
    last = utterance.said.rpartition(",")[2]  # 学生说太简单了，请再出一道
    about_it = any(utterance.is_only(text, GOING_ON[name], _MATTER) for text in (utterance.said, last)) or (
        name == "daily" and (_TIME_CHANGED.search(utterance.said) or _OF_WHAT.search(utterance.said))
    )
    return Turn("wish", NOTHING, say=name, about=utterance.message, then=wish_kept(utterance, name)) if about_it else None


_TAKEN_OUT = re.compile("(?:都|全部?|帮我|给我)*(?:导出|下载)(?:来|一?下)?(?:发|给)?(?:我)?(?:吧|呗)?")  # 导出来发我  ✗第3篇导出
# e.g. 光发跟咱工人有关的|,行不  |只要张家界的|  ✗只要短的
_OF_WHAT = re.compile(r"(?:光|只|就)(?:要|发|推|来)(?:跟|和|与|讲|关于)?(?!短|长)[^,，。?？]{2,8}?(?:有关|相关)?的(?=$|[,，。 ])")
# e.g. 改成早上七点|吧  换早点  ✗改革
_TIME_CHANGED = re.compile(
    r"(?:改|换|调|挪)(?:成|到|为|在)?(?:每天)?(?:早上|早晨|上午|中午|下午|晚上)?(?:[一二三四五六七八九十两\d:：]+(?:点)?|[早晚]一?[点些])"
)
# e.g. 取消  先取消  还是退了吧  算了  先不订了  改成  七点半  几点  ✗工会
_OF_THE_DAILY = re.compile(
    r"(?:先|就|还是|那)*取消掉?|关(?:掉|了|上)?|停(?:掉|了|下)?|退订|(?:还是|先|就)*退(?:掉|了)(?:吧)?|(?:emm+|唔|额|呃)|(?:有点|太)(?:吵|烦|打扰)(?:了)?|先?(?:那)?不(?:推|发|订)了|想了想|算了|先?不(?:要|用|想要)(?:了|发)?|先?别(?:再)?(?:发|推|来)(?:了)?|打开|开启?|"
    r"(?:改|换|调|设)(?:成|到|为)?|(?:早上|早晨|上午|中午|下午|晚上|傍晚|明早)|(?:[一二三四五六七八九十两]{1,3}|\d{1,2})(?:点(?:钟|半)?|[:：]\d\d)|"
    r"几点(?:钟)?|什么时候|(?:发|推|收)(?:给|到)?|早一?点|晚一?点|太[早晚]|每[天日]|明天"
)
# e.g. 再来一题  下一道  换一个  ✗再来一句
_OF_THE_QUIZ = re.compile(
    r"(?:再|下|换|另|(?=出))(?:来|出|考|做)?(?:我)?[一1]?(?:道题?|题|个题?)|再考(?:我)?|继续(?:考|答|出|做)?题?|接着(?:考|来)"
)
_OF_THE_SAVED = re.compile(
    r"(?:把)?(?:第[一二三四五六七八九1-9](?:条|个|句)?|它|这条)?(?:取消|不要|移(?:除|掉)|删(?:除|掉|了|去)?|去掉|拿掉)(?:收藏)?|收藏"
)  # 删了|吧  ✗看看
GOING_ON = {
    "daily": _OF_THE_DAILY,
    "quiz": _OF_THE_QUIZ,
    "saved": _OF_THE_SAVED,
}  # wishes after which more may be said


_MATTER = re.compile(
    r"放松一?下|玩玩|原?(?:全文|文件|这段|那段|聊天|记录|问题|东西|机器人|早上|早晨|晚上|中午|下午|八点|\d+点|[一二三四五六七八九十]+点半?|一句|一条|一段|讲话|语录|生成|制作|支持|回复|回答|界面|字体)"
)  # 全文  八点  ✗改革
