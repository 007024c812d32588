"""A small bot on the unmodified library that uses everything the local Bot API offers."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from telegram import (
    BotCommand,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
    SwitchInlineQueryChosenChat,
    Update,
)
from telegram.constants import ChatAction
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.demo import LocalApi

Context = ContextTypes.DEFAULT_TYPE
QUOTE = "劳模精神，就是爱岗敬业、争创一流、艰苦奋斗、勇于创新、淡泊名利、甘于奉献。"
LONG = "\n".join(f"{number}、{QUOTE}" for number in range(1, 12))


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def card(question: str) -> tuple[str, list[MessageEntity], InlineKeyboardMarkup]:
    """An answer with a quote, a bold hit, a folded long quote, its source and every sort of button."""
    head = f"🔎 {question}\n"
    source = "\n——《弘扬劳模精神》第一部分 /s1_1\n"
    start = utf16(head)
    folded = start + utf16(QUOTE + source)
    entities = [
        MessageEntity(MessageEntity.BLOCKQUOTE, start, utf16(QUOTE)),
        MessageEntity(MessageEntity.BOLD, start, utf16("劳模精神")),
        MessageEntity(MessageEntity.EXPANDABLE_BLOCKQUOTE, folded, utf16(LONG)),
    ]
    return head + QUOTE + source + LONG, entities, keyboard()


def keyboard() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("更多", callback_data="more"),
                InlineKeyboardButton("上下文", callback_data="context"),
            ],
            [
                InlineKeyboardButton("提示", callback_data="toast"),
                InlineKeyboardButton("说明", callback_data="alert"),
                InlineKeyboardButton("图片", callback_data="photo"),
            ],
            [
                InlineKeyboardButton("复制出处", copy_text=CopyTextButton("《弘扬劳模精神》第一部分")),
                InlineKeyboardButton(
                    "分享",
                    switch_inline_query_chosen_chat=SwitchInlineQueryChosenChat("劳模", allow_group_chats=True),
                ),
            ],
        ]
    )


async def started(update: Update, context: Context) -> None:
    text = "你好！\n发一句话给我，我就用讲话原文回答。\n\n/help 用法　/file 全文"
    examples = [[InlineKeyboardButton(f"试试：{q}", callback_data=f"ask:{q}")] for q in ("什么是劳模精神？", "工匠精神")]
    if context.args:
        text += f"\n\n链接带来：{context.args[0]}"
    await update.effective_message.reply_text(text, reply_markup=InlineKeyboardMarkup(examples))


async def question(update: Update, context: Context) -> None:
    message = update.effective_message
    await context.bot.send_chat_action(message.chat_id, ChatAction.TYPING)
    text, entities, markup = card(message.text)
    reply = ReplyParameters(message.message_id, allow_sending_without_reply=True)
    no_preview = LinkPreviewOptions(is_disabled=True)
    await message.reply_text(text, entities=entities, reply_markup=markup, reply_parameters=reply, link_preview_options=no_preview)


async def corrected(update: Update, context: Context) -> None:
    await context.bot.set_message_reaction(update.effective_chat.id, update.edited_message.message_id, ReactionTypeEmoji("👀"))


async def tapped(update: Update, context: Context) -> None:
    query = update.callback_query
    if query.data == "toast":
        await query.answer("已收藏")
    elif query.data == "alert":
        await query.answer("引文逐字出自讲话原文。", show_alert=True)
    elif query.data == "photo":
        await query.answer()
        await context.bot.send_photo(query.message.chat_id, picture(), caption="引文卡片")
    elif query.data.startswith("ask:"):
        await query.answer()
        text, entities, markup = card(query.data[4:])
        await context.bot.send_message(query.message.chat_id, text, entities=entities, reply_markup=markup)
    else:
        await query.answer()
        text = f"{'更多引文' if query.data == 'more' else '上下文'}\n{QUOTE}"
        await query.edit_message_text(text, reply_markup=keyboard())


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 360), "#8a2b2b").save(buffer, "PNG")
    return buffer.getvalue()


async def file(update: Update, _: Context) -> None:
    await update.effective_message.reply_document(LONG.encode(), filename="全文.txt", caption="讲话全文")


async def searched(update: Update, _: Context) -> None:
    results = [
        InlineQueryResultArticle(
            f"p{number}",
            f"{update.inline_query.query or '精选'} · {number}",
            InputTextMessageContent(QUOTE, entities=[MessageEntity(MessageEntity.BLOCKQUOTE, 0, utf16(QUOTE))]),
            description=QUOTE,
            reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("更多", callback_data="more")]]),
        )
        for number in range(1, 6)
    ]
    button = InlineQueryResultsButton("私下问我", start_parameter="inline")
    await update.inline_query.answer(results, cache_time=0, button=button, next_offset="5")


async def guest(update: Update, context: Context) -> None:
    message = update.guest_message
    content = InputTextMessageContent(QUOTE)
    await context.bot.answer_guest_query(message.guest_query_id, InlineQueryResultArticle("g", "引文", content))


async def noted(update: Update, context: Context) -> None:
    """Remembers chosen results and changes of the bot's own status."""
    context.application.bot_data.setdefault("noted", []).append(update)


async def not_text(update: Update, _: Context) -> None:
    await update.effective_message.reply_text("我只看得懂文字。")


async def settle(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Sets menus and descriptions, as a real bot does at start."""
    bot = application.bot
    commands = [
        ("start", "开始"),
        ("help", "怎么用"),
        ("random", "随机一段"),
        ("list", "讲话目录"),
        ("file", "全文文件"),
    ]
    await bot.set_my_commands([BotCommand(name, words) for name, words in commands])
    await bot.set_my_name("原文摘引")
    await bot.set_my_description("问一句，答一段讲话原文，注明出处。\n每一个字都可以核对。")


def build(api: LocalApi) -> Application[Any, Any, Any, Any, Any, Any]:
    """The bot, not yet started."""
    application = Application.builder().token(api.token).base_url(api.base_url).base_file_url(api.base_file_url).post_init(settle).build()
    application.add_handler(CommandHandler(["start", "help"], started))
    application.add_handler(CommandHandler("file", file))
    application.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, guest))
    application.add_handler(MessageHandler(filters.TEXT & filters.UpdateType.MESSAGE, question))
    application.add_handler(MessageHandler(filters.TEXT & filters.UpdateType.EDITED_MESSAGE, corrected))
    application.add_handler(MessageHandler(filters.PHOTO | filters.Sticker.ALL | filters.VOICE, not_text))
    application.add_handler(CallbackQueryHandler(tapped))
    application.add_handler(InlineQueryHandler(searched))
    application.add_handler(ChosenInlineResultHandler(noted))
    application.add_handler(ChatMemberHandler(noted, ChatMemberHandler.MY_CHAT_MEMBER))
    return application
