using System.Buffers.Binary;
using Mempulse.Evm.TraceJson;
using Mempulse.Primitives;

namespace Mempulse.Sim.Outcomes;

/// <summary>The decoded return data of a revert. A closed hierarchy.</summary>
/// <remarks><see href="https://docs.soliditylang.org/en/latest/control-structures.html#error-handling-assert-require-revert-and-exceptions"/></remarks>
public abstract record RevertReason
{
    private const int SelectorBytes = sizeof(uint);
    private const uint PanicSelector = 0x4e487b71;

    private RevertReason()
    {
    }

    /// <summary>Decodes the return data of a revert.</summary>
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

    /// <summary>No return data.</summary>
    public sealed record Silent : RevertReason;

    /// <summary>Error(string): require and revert with a message.</summary>
    public sealed record Message(string Text) : RevertReason;

    /// <summary>Panic(uint256): a failed check that the compiler inserted.</summary>
    public sealed record Panic(UInt256 Code) : RevertReason;

    /// <summary>A custom error of the contract.</summary>
    /// <param name="Selector">The error selector: the first four bytes, big-endian.</param>
    /// <param name="ArgumentBytes">Number of bytes after the selector.</param>
    public sealed record Custom(uint Selector, int ArgumentBytes) : RevertReason;

    /// <summary>Fewer than four bytes, too short for a selector.</summary>
    public sealed record Unknown(int Bytes) : RevertReason;
}
