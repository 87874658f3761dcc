using System.Numerics;

namespace Mempulse.Ethereum.Fields;

/// <summary>An element of a prime field, with its encoding.</summary>
internal interface IPrimeField<TSelf> : IFieldElement<TSelf>
    where TSelf : struct, IPrimeField<TSelf>
{
    /// <summary>The prime.</summary>
    static abstract BigInteger Modulus { get; }

    /// <summary>Size of the big-endian encoding in bytes.</summary>
    static abstract int SizeBytes { get; }

    /// <summary>Divides by two.</summary>
    static abstract TSelf Halve(in TSelf value);

    /// <summary>Reads the big-endian encoding; false if the number is not below the prime.</summary>
    static abstract bool TryRead(ReadOnlySpan<byte> bigEndian, out TSelf value);

    /// <summary>Returns the residue of any number, negative ones included.</summary>
    static abstract TSelf From(BigInteger value);

    /// <summary>Writes the big-endian encoding.</summary>
    void Write(Span<byte> bigEndian);
}
