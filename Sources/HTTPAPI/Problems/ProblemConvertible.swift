/// An error of a lower layer that says which problem it is: a use case's refusal, for example.
public protocol ProblemConvertible: Error {
    var problem: Problem { get }
}
