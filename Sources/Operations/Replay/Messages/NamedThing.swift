/// A thing of the directory, of which only the id matters.
struct NamedThing: Decodable, Sendable {
    let id: String
}
