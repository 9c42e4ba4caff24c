/// A page of a list.
struct ThingPage<Thing: Decodable & Sendable>: Decodable, Sendable {
    let data: [Thing]
}
