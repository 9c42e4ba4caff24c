/// Statements in Simplified Chinese.
struct ChineseSLAWords: SLAWords {
    func title(_ ticket: Int64?) -> String { ticket.map { "工单 #\($0)：服务承诺及履行情况" } ?? "服务承诺及履行情况" }

    func asOf(_ moment: String, zone: String) -> String { "截至 \(moment)；所有时间均为 \(zone) 时间。" }
    let nothingPromised = "此工单没有服务承诺。"

    func metric(_ metric: SLAMetric, instance: Int) -> String {
        let name =
            switch metric {
            case .firstResponse: "首次响应"
            case .nextResponse: "后续响应"
            case .periodicUpdate: "定期更新"
            case .requesterWait: "客户等待时间"
            case .agentWork: "处理时间"
            case .resolution: "解决"
            case .groupOwnership: "单个团队的处理时间"
            case .stage: "单个阶段的停留时间"
            case .agentInactivity: "无人处理的时间"
            }
        return instance > 1 ? "\(name)（第 \(instance) 次）" : name
    }

    func policy(_ name: String, version: Int, description: String) -> String {
        "服务协议：\(name)，第 \(version) 版" + (description.isEmpty ? "" : "——\(description)")
    }

    func promise(_ target: String, calendar: String?, isBusiness: Bool, version: Int) -> String {
        let kind = isBusiness ? "工作时间" + (calendar.map { "（\($0)）" } ?? "") : "全天候计时"
        return "承诺：\(target)，\(kind)" + (version > 1 ? "；承诺有变更，现为第 \(version) 个" : "")
    }

    func calendar(_ source: SLACalendarChoice.Source) -> String {
        let whose =
            switch source {
            case .policy: "服务协议规定的工作时间"
            case .organization: "贵单位的工作时间"
            case .queue: "受理团队的工作时间"
            case .tenant: "我方的通用工作时间"
            }
        return "工作时间：以\(whose)为准"
    }

    func started(_ moment: String) -> String { "开始：\(moment)" }

    func used(_ used: String, of target: String, percent: Int64, left: String?, over: String?) -> String {
        let rest = left.map { "，剩余 \($0)" } ?? over.map { "，超出 \($0)" } ?? ""
        return "已用：\(used) / \(target)（\(percent)%）\(rest)"
    }

    func due(_ moment: String, missedFrom: String?) -> String {
        "截止：\(moment)" + (missedFrom.map { "；自 \($0) 起记为超时" } ?? "")
    }

    func status(_ explanation: SLAExplanation, ended: String?, pause: String?) -> String {
        let end = ended.map { "，完成于 \($0)" } ?? ""
        let missed = explanation.outcome == .breached ? "已超时；" : ""
        let text =
            switch explanation.state {
            case .running: "计时中，未超时。"
            case .paused: missed + "暂停计时：\(pause ?? otherPause)。"
            case .met: "已按时完成\(end)。"
            case .breachedRunning: "已超时，尚未完成。"
            case .breachedMet: "已超时\(end)。"
            case .cancelled: missed + Self.cancelled(explanation.cancellation) + "。"
            }
        return "状态：" + text
    }

    private static func cancelled(_ reason: SLATimer.Cancellation?) -> String {
        switch reason {
        case .merged: "不再计时：工单已合并到其他工单"
        case .condition: "不再计时：此情况不在协议范围内"
        case .closed: "不再计时：工单已关闭"
        case .noPolicy, nil: "不再计时：没有适用的协议"
        }
    }

    func ifResumed(due: String) -> String { "如果现在恢复计时，截止时间为：\(due)" }
    let counted = "计入的时间："
    func sum(_ amount: String) -> String { "合计：\(amount)" }
    func more(windows: Int) -> String { "……中间另有 \(windows) 段" }
    func more(windowsAtLeast: Int) -> String { "……此后至少另有 \(windowsAtLeast) 段" }
    let notCounted = "暂停期间，不计入的时间："
    func more(pauses: Int) -> String { "……另有 \(pauses) 段" }
    let stillStands = "至今"
    let specialDays = "期间的节假日和特殊工作时间："

    func specialDay(_ day: CalendarSpecialDay) -> String {
        let dates = day.first == day.last ? self.day(day.first) : "\(self.day(day.first))至\(self.day(day.last))"
        let hours = day.parts.map(\.text).joined(separator: "、")
        let what =
            switch (day.kind, hours.isEmpty) {
            case (.closed, true): "休息"
            case (.closed, false): "\(hours) 休息"
            case (.hours, _): "工作时间 \(hours)"
            }
        return dates + (day.name.map { "\($0)" } ?? "") + "：\(what)"
    }

    func more(days: Int) -> String { "……另有 \(days) 项" }
    func more(daysAtLeast: Int) -> String { "……至少另有 \(daysAtLeast) 项" }
    let unpublished = "截止时间所在年份的节假日尚未公布，截止时间可能变动。"
    func earlier(_ count: Int) -> String { "另有 \(count) 项较早的承诺未列出。" }
    func state(_ state: Lifecycle.State) -> String { state.chinese }
    let otherPause = "协议规定此段时间不计入"

    func moment(_ time: WallTime) -> String { "\(day(time.date))\(time.clock)" }
    func day(_ date: CivilDate) -> String { "\(date)（\(Self.weekday(date))）" }

    private static func weekday(_ date: CivilDate) -> String {
        switch Weekday(daysSince1970: date.daysSince1970) {
        case .monday: "周一"
        case .tuesday: "周二"
        case .wednesday: "周三"
        case .thursday: "周四"
        case .friday: "周五"
        case .saturday: "周六"
        case .sunday: "周日"
        }
    }

    func duration(seconds: Int64) -> String {
        let parts = [(seconds / 3_600, "小时"), (seconds / 60 % 60, "分钟"), (seconds % 60, "秒")].filter { $0.0 > 0 }
        return parts.isEmpty ? "0 分钟" : parts.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
