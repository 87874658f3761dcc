using Mempulse.Primitives;

namespace Mempulse.Features.Grading;

/// <summary>A function as it is decoded: of a contract that the registry names, or of any contract that has the selector.</summary>
/// <param name="Contract">The contract; the zero account if only its selector was known.</param>
/// <param name="Function">Keccak-256 of layout and signature.</param>
internal readonly record struct DecoderKey(Address Contract, Hash256 Function) : IComparable<DecoderKey>
{
    public int CompareTo(DecoderKey other) => Contract != other.Contract ? Contract.CompareTo(other.Contract) : Function.CompareTo(other.Function);
}
