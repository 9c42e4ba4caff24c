import Domain

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Answers the lines of `docket calendar eval`.
struct CalendarLines {
    private var evaluation: CalendarEvaluation
    private let decoder = JSONDecoder()

    init(zones: any TimeZoneSource) {
        evaluation = CalendarEvaluation(zones: zones)
    }

    /// Writes a question's answer; of a definition only the refusal.
    mutating func answer(_ line: UnsafeRawBufferPointer, _ out: inout LineOutput) {
        if let question = CalendarQuestionScanner.scan(line) {
            return append(evaluation.answer(question), &out)
        }
        do {
            let request = try decoder.decode(CalendarRequest.self, from: Data(line))
            if let reply = evaluation.evaluate(request) { append(reply, &out) }
        } catch {
            out.appendError(lineFault(error))
        }
    }

    private func append(_ reply: CalendarReply, _ out: inout LineOutput) {
        switch reply {
        case .result(let number):
            out.append("{\"result\":")
            out.append(number)
            out.append("}\n")
        case .error(let text): out.appendError(text)
        }
    }
}
