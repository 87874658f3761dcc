using System.Buffers.Binary;
using Mempulse.Evm.TraceJson;
using Mempulse.Primitives;

namespace Mempulse.Sim.Outcomes;

/// <summary>What a contract said when it reverted. <see href="https://docs.soliditylang.org/en/latest/control-structures.html#error-handling-assert-require-revert-and-exceptions"/></summary>
public abstract record RevertReason
{
    private const int SelectorBytes = sizeof(uint);
    private const uint PanicSelector = 0x4e487b71;

    private RevertReason()
    {
    }

    /// <summary>Reads what a revert returned.</summary>
    public static RevertReason Of(ReadOnlySpan<byte> output)
    {
        if (output.IsEmpty)
        {
            return new Silent();
        }

        if (RevertText.TryRead(output, out string text))
        {
            return new Message(text);
        }

        if (output.Length < SelectorBytes)
        {
            return new Unknown(output.Length);
        }

        uint selector = BinaryPrimitives.ReadUInt32BigEndian(output);
        return selector == PanicSelector && output.Length == SelectorBytes + UInt256.Size
            ? new Panic(UInt256.FromBigEndian(output[SelectorBytes..]))
            : new Custom(selector, output.Length - SelectorBytes);
    }

    /// <summary>No bytes.</summary>
    public sealed record Silent : RevertReason;

    /// <summary>Error(string): require and revert with a text.</summary>
    public sealed record Message(string Text) : RevertReason;

    /// <summary>Panic(uint256): the compiler's own checks.</summary>
    public sealed record Panic(UInt256 Code) : RevertReason;

    /// <summary>An error of the contract's own, by its selector.</summary>
    /// <param name="Selector">The first four bytes, big-endian.</param>
    /// <param name="ArgumentBytes">How many follow.</param>
    public sealed record Custom(uint Selector, int ArgumentBytes) : RevertReason;

    /// <summary>Fewer than four bytes.</summary>
    public sealed record Unknown(int Bytes) : RevertReason;
}
