import Domain

/// The marks of a time line, their meaning in two languages, and how they look.
enum SLATimelineLegend {
    static let style = """
        <style>
        text { font-family: system-ui, "Noto Sans CJK SC", sans-serif; fill: #1f2937; }
        .title { font-size: 15px; font-weight: 600; } .label { font-size: 12px; } .small { font-size: 10px; fill: #4b5563; }
        .page { fill: #ffffff; } .grid { stroke: #e5e7eb; } .open { fill: #d1fae5; } .state { fill: #f3f4f6; stroke: #d1d5db; }
        .track { stroke: #93c5fd; stroke-dasharray: 2 3; } .counted { fill: #3b82f6; } .pause { fill: #fde68a; }
        .warn { fill: #f59e0b; } .due { fill: none; stroke: #111827; stroke-width: 2; } .later { fill: none; stroke: #111827; stroke-width: 2; stroke-dasharray: 3 2; }
        .breach { fill: none; stroke: #dc2626; stroke-width: 3; } .miss { fill: none; stroke: #fca5a5; stroke-width: 3; }
        .done { fill: #059669; } .now { stroke: #6b7280; stroke-dasharray: 4 3; }
        </style>
        """

    static func name(_ metric: SLAMetric) -> String {
        switch metric {
        case .firstResponse: "First response 首次响应"
        case .nextResponse: "Next response 后续响应"
        case .periodicUpdate: "Update 定期更新"
        case .requesterWait: "Waiting 客户等待"
        case .agentWork: "Agents' work 处理时间"
        case .resolution: "Resolution 解决"
        case .groupOwnership: "Group (OLA) 团队"
        case .stage: "Stage 阶段"
        case .agentInactivity: "Untouched 无人处理"
        }
    }

    static func warning(_ x: Double, _ y: Double, _ bar: Double, _ writer: inout SVGWriter) {
        writer.path("M \(n(x)) \(n(y + bar)) l -5 8 h 10 z", "warn")
    }

    /// - Parameter isOpen: whether it would only be due then if a paused clock ran on now.
    static func due(_ x: Double, _ y: Double, _ bar: Double, isOpen: Bool, _ writer: inout SVGWriter) {
        writer.line(x, y - 5, x, y + bar + 5, isOpen ? "later" : "due")
    }

    /// - Parameter isPassed: whether it was missed; else it would be from then on.
    static func breach(_ x: Double, _ y: Double, _ bar: Double, isPassed: Bool, _ writer: inout SVGWriter) {
        writer.path("M \(n(x - 5)) \(n(y + bar / 2 - 5)) l 10 10 m 0 -10 l -10 10", isPassed ? "breach" : "miss")
    }

    static func done(_ x: Double, _ y: Double, _ bar: Double, _ writer: inout SVGWriter) {
        writer.rectangle(x - 4, y + bar / 2 - 4, 8, 8, "done")
    }

    static func draw(y: Double, _ writer: inout SVGWriter) {
        var x = 12.0
        func entry(_ text: String, _ length: Double, _ mark: (Double, inout SVGWriter) -> Void) {
            mark(x, &writer)
            writer.text(x + 20, y + 9, text, "small")
            x += length
        }
        entry("counted 计入", 104) { $1.rectangle($0, y, 14, 10, "counted") }
        entry("paused 暂停", 104) { $1.rectangle($0, y, 14, 10, "pause") }
        entry("warning 预警", 104) { warning($0 + 7, y - 8, 10, &$1) }
        entry("due 截止", 92) { due($0 + 7, y, 10, isOpen: false, &$1) }
        entry("due if resumed now 如现在恢复", 196) { due($0 + 7, y, 10, isOpen: true, &$1) }
        entry("late from here on 自此超时", 180) { breach($0 + 7, y, 10, isPassed: false, &$1) }
        entry("missed 超时", 104) { breach($0 + 7, y, 10, isPassed: true, &$1) }
        entry("done 完成", 90) { done($0 + 7, y, 10, &$1) }
    }

    private static func n(_ value: Double) -> String { SVGWriter.number(value) }
}
