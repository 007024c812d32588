// The page's words in the reader's language. Chinese words are the keys; {} stands for a value.

const ENGLISH = {
  "图片": "Picture",
  "图片 {}": "Picture {}",
  "文件 {}": "File {}",
  "贴纸 {}": "Sticker {}",
  "语音消息": "Voice message",
  "投票 {}": "Poll: {}",
  "投票": "Poll",
  "{} 人答过": "answers: {}",
  "还没有人答": "no answers yet",
  "{} 把 {} 加进了群": "{} added {} to the group",
  "、": ", ",
  "这个群升级成了超级群": "This group became a supergroup",
  "由普通群升级而来": "Was a basic group before",
  "我：": "Me: ",
  "{}：": "{}: ",
  "通过 @{}": "via @{}",
  "应 {} 之邀": "invited by {}",
  "回复：{}": "Reply to: {}",
  "{} · 下载": "{} · download",
  "关闭": "Close",
  "后退": "Back",
  "打开的页面": "The page that was opened",
  "放大图片": "Enlarge the picture",
  "回复": "Reply",
  "回复 {}": "Reply to {}",
  "编辑": "Edit",
  "编辑消息": "Edit the message",
  "已编辑": "edited",
  "按钮": "Buttons",
  "已复制": "Copied",
  "分享到哪个聊天？": "Share with which chat?",
  "取消": "Cancel",
  "机器人": "bot",
  "私聊": "private chat",
  "{} 位成员": "{} members",
  "正在输入…": "typing …",
  "解除屏蔽": "Unblock",
  "屏蔽": "Block",
  "开始": "Start",
  "还没有消息。点“开始”和机器人打个招呼。": "No messages yet. Press “Start” to greet the bot.",
  "还没有消息。输入 @{} 加一个空格，就能在这里引用机器人的结果。": "No messages yet. Type @{} and a blank to quote the bot's results here.",
  "{} 条新消息，跳到最新": "{} new messages, go to the newest",
  "跳到最新": "Go to the newest",
  "这条消息已经不在了": "This message is no longer there",
  "问点什么…": "Ask something …",
  "输入消息": "Write a message",
  "机器人又可以发消息了": "The bot can write to you again",
  "已屏蔽，机器人不能再给你发消息": "Blocked; the bot can no longer write to you",
  "更多结果": "More results",
  "没有结果": "No results",
  "今天": "Today",
  "知道了": "OK",
  "展开": "Show all",
  "收起": "Show less",
  "还没有消息": "No messages yet",
  "{} 条未读": "{} unread",
  "聊天": "Chats",
  "跳到输入框": "Skip to the input",
  "聊天列表": "List of chats",
  "以谁的身份聊天": "Chat as whom",
  "本机演示，消息不会离开这台电脑。": "A demonstration on this computer; no message leaves it.",
  "返回聊天列表": "Back to the list of chats",
  "连接断开，正在重连…": "Connection lost, trying again …",
  "更早的消息": "Earlier messages",
  "消息": "Messages",
  "建议": "Suggestions",
  "菜单": "Menu",
  "发送照片或文件": "Send a photo or a file",
  "发送": "Send",
};

const TRADITIONAL = /^zh-(hant|tw|hk|mo)/i;

/** "en", "zh-Hant" or "zh-CN": the first of the reader's languages that there is; else English. */
export function languageOf(wanted) {
  const first = wanted.find((tag) => /^(en|zh)\b/i.test(tag)) ?? "en";
  return TRADITIONAL.test(first) ? "zh-Hant" : first.slice(0, 2).toLowerCase() === "zh" ? "zh-CN" : "en";
}

export const language = languageOf(navigator.languages?.length ? navigator.languages : [navigator.language]);

/** The words in the reader's language, {} replaced by the values in order. */
export function say(words, ...values) {
  const said = language === "en" ? (ENGLISH[words] ?? words) : language === "zh-Hant" ? traditional(words) : words;
  return values.reduce((text, value) => text.replace("{}", () => value), said);
}

// What these words hold; a test compares it with OpenCC's table for Taiwan.
const SIMPLIFIED = "个么会关单发台员图复应开断机条来没点电离级纸经结给编脑议语读谁贴载辑输过还这进连里钮闭问后页";
const AS_IN_TAIWAN = "個麼會關單發臺員圖覆應開斷機條來沒點電離級紙經結給編腦議語讀誰貼載輯輸過還這進連裡鈕閉問後頁";

function traditional(words) {
  return words.replace("复制", "複製").replace(/[\u3400-\u9fff]/g, (sign) => AS_IN_TAIWAN[SIMPLIFIED.indexOf(sign)] ?? sign);
}

/** Puts the words of the document itself into the reader's language. */
export function translate(root) {
  root.documentElement.lang = language;
  root.title = say(root.title);
  const texts = root.createTreeWalker(root.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const words = texts.currentNode.data.trim();
    if (words) texts.currentNode.data = texts.currentNode.data.replace(words, () => say(words));
  }
  for (const name of ["aria-label", "placeholder"]) {
    for (const element of root.querySelectorAll(`[${name}]`)) element.setAttribute(name, say(element.getAttribute(name)));
  }
}
