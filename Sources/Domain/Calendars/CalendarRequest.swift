/// One line of `docket calendar eval`: a definition or a question (contract.md).
///
/// ```
/// {"define": "B", "tz": "Europe/Berlin", "weekly": {"mon": [["09:00", "17:00"]]}, …}     see ``CalendarDefinition``
/// {"cal": "B", "op": "add", "at": 1709305200, "arg": 7200}
/// ```
public enum CalendarRequest: Sendable {
    case define(id: String, CalendarDefinition)
    case question(CalendarQuestion)
}

extension CalendarRequest: Decodable {
    private enum Key: String, CodingKey {
        case define
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        if let id = try fields.decodeIfPresent(String.self, forKey: .define) {
            self = .define(id: id, try CalendarDefinition(from: decoder))
        } else {
            self = .question(try CalendarQuestion(from: decoder))
        }
    }
}
