import Domain

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Answers the lines of `docket calendar eval`: one line for each question, in order, and none for a definition (contract.md).
struct CalendarLines {
    /// A definition as far as it must be read to know whose it is.
    private struct Definition: Decodable {
        let define: String
    }

    private var evaluation: CalendarEvaluation
    private let decoder = JSONDecoder()
    private let complain: (String) -> Void

    /// - Parameter complain: is told why a definition is refused, and what of one is ignored; on stderr unless told.
    init(zones: any TimeZoneSource, complain: @escaping (String) -> Void = CommandLineEntry.complain) {
        evaluation = CalendarEvaluation(zones: zones)
        self.complain = complain
    }

    /// Writes a question's answer.
    mutating func answer(_ line: UnsafeRawBufferPointer, _ out: inout LineOutput) {
        if let question = CalendarQuestionScanner.scan(line) {
            return append(evaluation.answer(question), &out)
        }
        do {
            switch try decoder.decode(CalendarRequest.self, from: Data(line)) {
            case .question(let question): append(evaluation.answer(question), &out)
            case .define(let id, let definition):
                if case .error(let reason) = evaluation.evaluate(.define(id: id, definition)) {
                    complain("calendar \(id): \(reason)")
                } else {
                    complainOfUnknownMembers(of: id, in: Data(line))
                }
            }
        } catch {
            let fault = lineFault(error, in: Data(line))
            guard let definition = try? decoder.decode(Definition.self, from: Data(line)) else { return out.appendError(fault) }
            evaluation.refuse(definition.define, because: fault)
            complain("calendar \(definition.define): \(fault)")
        }
    }

    /// A misspelt name would else be a calendar without its holidays, and nobody would know.
    private func complainOfUnknownMembers(of id: String, in line: Data) {
        guard let names = try? decoder.decode(MemberNames.self, from: line).names else { return }
        let unknown = names.subtracting(CalendarDefinition.memberNames).subtracting(["define"]).sorted()
        guard !unknown.isEmpty else { return }
        complain("calendar \(id): there is no such member, and it is ignored: \(unknown.joined(separator: ", "))")
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
