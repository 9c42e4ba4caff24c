/// Names one statement of a unit, to read its rows from the unit's result.
public struct Handle<S: Statement>: Sendable {
    let index: Int
}
