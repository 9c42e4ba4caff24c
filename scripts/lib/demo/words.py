"""What the demo says, in English and Simplified Chinese."""

import unicodedata

ENGLISH = {
    "title": "Docket demo", "days": "Mon Tue Wed Thu Fri Sat Sun",
    "tickets": "TICKETS", "agents": "AGENTS", "events": "WHAT HAPPENS", "outside": "TOLD OUTSIDE",
    "company": "company", "number": "no.", "priority": "prio", "subject": "subject", "state": "state", "agent": "agent", "promise": "promise",
    "mails": "mails", "webhooks": "webhooks", "signed": "all signatures valid", "offline": "offline",
    "left": "left", "over": "over", "paused": "paused", "kept": "kept", "broken": "broken", "waits": "waits",
    "new": "new", "waiting_assignment": "waiting", "assigned": "assigned", "in_progress": "in progress", "waiting_customer": "on customer",
    "on_hold": "on hold", "resolved": "resolved", "closed": "closed", "archived": "archived",
    "first_response": "first response", "next_response": "next response", "resolution": "resolution",
    "act.open": "Three companies open their desks: agents, skills, hours, promises",
    "act.arrive": "Tickets come in over HTTP; each goes to the agent who can do it and has time",
    "act.specialist": "One needs a skill that nobody present has: it waits, and goes out the moment the specialist comes",
    "act.work": "Agents answer, ask the customer, resolve",
    "act.silence": "Nobody answers one urgent ticket, and time runs: warning, breach, three levels of escalation",
    "act.end": "The story is told; every step was checked through the API",
    "created": "{subject} comes in, P{priority}",
    "took": "goes to {agent} after {wait}", "reassigned": "goes from {before} to {agent} ({cause})", "unassigned": "leaves {agent}",
    "moved": "{before} → {after}", "answered": "{agent} answers the customer", "raised": "priority P{before} → P{after}",
    "warned": "{metric}: {percent} % of the time is used up", "breached": "{metric}: the promise is broken",
    "breached_again": "{metric}: the shorter promise of P{priority} is broken, too",
    "escalated": "escalation level {level}: {who}", "mailed": "mail to {to}: {subject}",
    "waiting": "waits: {reason}", "came": "{agent} comes online",
    "reason.unroutable": "nobody present has the skill", "reason.no_capacity": "everybody is full",
    "sum.tickets": "tickets", "sum.assigned": "assigned", "sum.median": "commit to assignment, median", "sum.kept": "promises kept",
    "sum.broken": "promises broken", "sum.levels": "escalation levels fired", "sum.mails": "mails delivered", "sum.webhooks": "webhooks delivered",
    "sum.time": "time that passed in the story", "minutes": "min", "ms": "{value} ms", "s": "{value} s", "director": "the director",
    "api": "API", "admin": "admin", "key": "key", "try": "Try it", "serving": "serving until Ctrl-C; what happens is shown here",
    "log": "log", "stopping": "stopping", "starting": "starting PostgreSQL and every engine",
    "try.subject": "The printer is on fire",
}

CHINESE = {
    "title": "Docket 演示", "days": "周一 周二 周三 周四 周五 周六 周日",
    "tickets": "工单", "agents": "客服", "events": "动态", "outside": "对外通知",
    "company": "公司", "number": "编号", "priority": "级别", "subject": "主题", "state": "状态", "agent": "客服", "promise": "承诺",
    "mails": "邮件", "webhooks": "Webhook", "signed": "签名全部有效", "offline": "离线",
    "left": "剩余", "over": "超时", "paused": "已暂停", "kept": "已兑现", "broken": "未兑现", "waits": "等待",
    "new": "新建", "waiting_assignment": "待分配", "assigned": "已分配", "in_progress": "处理中", "waiting_customer": "等客户",
    "on_hold": "挂起", "resolved": "已解决", "closed": "已关闭", "archived": "已归档",
    "first_response": "首次响应", "next_response": "后续响应", "resolution": "解决",
    "act.open": "三家公司上班：客服、技能、工作时间、服务承诺",
    "act.arrive": "工单经 HTTP 进来，分给会做且有空的客服",
    "act.specialist": "有一张工单需要的技能现在没人会：它等着，专家一上线马上分出去",
    "act.work": "客服答复、询问客户、解决问题",
    "act.silence": "一张紧急工单没人理，时间在走：预警、违约、三级升级",
    "act.end": "故事讲完了；每一步都通过 API 核对过",
    "created": "新工单：{subject}，P{priority}",
    "took": "{wait}后分给 {agent}", "reassigned": "从 {before} 转给 {agent}（{cause}）", "unassigned": "离开 {agent}",
    "moved": "{before} → {after}", "answered": "{agent} 答复了客户", "raised": "优先级 P{before} → P{after}",
    "warned": "{metric}：时间已用 {percent}%", "breached": "{metric}：承诺未兑现",
    "breached_again": "{metric}：P{priority} 更短的承诺也未兑现",
    "escalated": "第 {level} 级升级：{who}", "mailed": "邮件给 {to}：{subject}",
    "waiting": "等待：{reason}", "came": "{agent} 上线",
    "reason.unroutable": "在线的人都没有这项技能", "reason.no_capacity": "人人都满了",
    "sum.tickets": "工单", "sum.assigned": "已分配", "sum.median": "从提交到分配（中位数）", "sum.kept": "兑现的承诺",
    "sum.broken": "未兑现的承诺", "sum.levels": "触发的升级", "sum.mails": "送达的邮件", "sum.webhooks": "送达的 Webhook",
    "sum.time": "故事里过去的时间", "minutes": "分钟", "ms": " {value} 毫秒", "s": " {value} 秒", "director": "总监",
    "api": "API", "admin": "管理", "key": "密钥", "try": "试一试", "serving": "一直运行，按 Ctrl-C 结束；发生的事显示在这里",
    "log": "日志", "stopping": "正在停止", "starting": "正在启动 PostgreSQL 和全部引擎",
    "try.subject": "打印机着火了",
}


def language(asked, environment):
    """`en` or `zh`: what was asked for, else what the locale says."""
    if asked:
        return asked
    locale = environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG") or ""
    return "zh" if locale.startswith("zh") else "en"


class Words:
    """Texts by name in one language."""

    def __init__(self, code):
        self.texts = CHINESE if code == "zh" else ENGLISH

    def __call__(self, name, **values):
        text = self.texts.get(name, name)
        return text.format(**values) if values else text


def width(text):
    """Columns on a terminal: Chinese characters take two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fit(text, columns, right=False):
    """Cut or filled to exactly so many columns."""
    if width(text) > columns:
        kept = ""
        for character in text:
            if width(kept) + width(character) > columns - 1:
                break
            kept += character
        text = kept + "…"
    padding = " " * (columns - width(text))
    return padding + text if right else text + padding
