/// A calendar at one of its versions.
public struct CalendarReference: Hashable, Sendable, Codable {
    public let id: CalendarID
    public let version: Int

    public init(id: CalendarID, version: Int) {
        self.id = id
        self.version = version
    }
}
