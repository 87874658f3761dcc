namespace Mempulse.Ethereum.Fields;

/// <summary>An element of a finite field, with the operations that field towers and curves need.</summary>
/// <remarks>Implementations are structs, so that the JIT compiles generic code for each of them and inlines it.</remarks>
internal interface IFieldElement<TSelf>
    where TSelf : struct, IFieldElement<TSelf>
{
    static abstract TSelf Zero { get; }

    static abstract TSelf One { get; }

    bool IsZero { get; }

    static abstract TSelf Add(in TSelf left, in TSelf right);

    static abstract TSelf Subtract(in TSelf left, in TSelf right);

    static abstract TSelf Multiply(in TSelf left, in TSelf right);

    static abstract TSelf Square(in TSelf value);

    static abstract TSelf Negate(in TSelf value);

    /// <summary>The inverse; zero for zero.</summary>
    static abstract TSelf Invert(in TSelf value);

    static abstract bool AreEqual(in TSelf left, in TSelf right);
}
