/// How much a transaction sees of others while it runs.
public enum IsolationLevel: Sendable {
    case readCommitted
    case repeatableRead
    case serializable
}
