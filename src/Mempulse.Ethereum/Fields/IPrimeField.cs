using System.Numerics;

namespace Mempulse.Ethereum.Fields;

/// <summary>An element of a prime field, which can be read and written.</summary>
internal interface IPrimeField<TSelf> : IFieldElement<TSelf>
    where TSelf : struct, IPrimeField<TSelf>
{
    /// <summary>The prime.</summary>
    static abstract BigInteger Modulus { get; }

    /// <summary>Length of the big-endian form in bytes.</summary>
    static abstract int SizeBytes { get; }

    /// <summary>Reads the big-endian form; false for a number that is not below the prime.</summary>
    static abstract bool TryRead(ReadOnlySpan<byte> bigEndian, out TSelf value);

    /// <summary>The residue of a number.</summary>
    static abstract TSelf From(BigInteger value);

    /// <summary>Writes the big-endian form.</summary>
    void Write(Span<byte> bigEndian);
}
