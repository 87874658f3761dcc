using System.Buffers.Binary;
using Mempulse.Primitives;

namespace Mempulse.Features.Markets;

/// <summary>What a pending transaction reports to a price feed: the calls of Chainlink's off-chain reporting, also through a forwarder.</summary>
/// <param name="Feed">The contract that takes the report.</param>
/// <param name="Answer">Its answer then: the median of the observations. Zero where it is negative.</param>
public readonly record struct OracleReport(Address Feed, UInt256 Answer)
{
    private const uint Transmit1 = 0xc9807539; // transmit(bytes report, bytes32[] rs, bytes32[] ss, bytes32 rawVs)
    private const uint Transmit2 = 0xb1dc65a4; // transmit(bytes32[3] context, bytes report, bytes32[] rs, bytes32[] ss, bytes32 rawVs)
    private const uint Forward = 0x6fadcf72; // forward(address to, bytes data)

    private const int SelectorBytes = 4;
    private const int WordBytes = UInt256.Size;
    private const int Report1Argument = 0;
    private const int Report2Argument = 3;
    private const int ForwardedArgument = 1;

    /// <summary>In both reports the third word says where the observations begin.</summary>
    private const int ObservationsWord = 2;

    /// <summary>Observers are numbered by single bytes of a word.</summary>
    private const int MaxObservations = 31;

    /// <summary>Reads a transaction.</summary>
    /// <param name="target">The contract that it calls.</param>
    /// <param name="calldata">Its calldata.</param>
    /// <param name="report">What it reports.</param>
    /// <returns>False if it reports nothing, or not in a form that is known.</returns>
    public static bool TryRead(in Address target, ReadOnlySpan<byte> calldata, out OracleReport report)
    {
        report = default;
        if (calldata.Length <= SelectorBytes)
        {
            return false;
        }

        uint selector = BinaryPrimitives.ReadUInt32BigEndian(calldata);
        var arguments = calldata[SelectorBytes..];
        if (selector == Forward)
        {
            return TryWord(arguments, 0, out var to) && to.BitLength <= Address.Size * 8 && TryBytes(arguments, ForwardedArgument, out var inner)
                && inner.Length > SelectorBytes && BinaryPrimitives.ReadUInt32BigEndian(inner) != Forward && TryRead(Address.OfWord(to), inner, out report);
        }

        if (selector is not (Transmit1 or Transmit2) || !TryBytes(arguments, selector == Transmit1 ? Report1Argument : Report2Argument, out var body) || !TryMedian(body, out var median))
        {
            return false;
        }

        report = new OracleReport(target, median.IsNegative ? UInt256.Zero : median);
        return true;
    }

    /// <summary>The observations are in ascending order, or the feed refuses them; the median is the upper of two.</summary>
    private static bool TryMedian(ReadOnlySpan<byte> report, out UInt256 median)
    {
        median = default;
        if (!TryWord(report, ObservationsWord, out var start) || start.BitLength > 31 || (start.LowUInt64 % WordBytes) != 0)
        {
            return false;
        }

        int first = (int)(start.LowUInt64 / WordBytes);
        if (!TryWord(report, first, out var count) || count.IsZero || count > MaxObservations)
        {
            return false;
        }

        for (int i = 1; i <= (int)count.LowUInt64; i++)
        {
            if (!TryWord(report, first + i, out var observation) || (i > 1 && UInt256.IsLessSigned(observation, PreviousOf(report, first + i))))
            {
                return false;
            }

            median = i - 1 == (int)count.LowUInt64 / 2 ? observation : median;
        }

        return true;
    }

    private static UInt256 PreviousOf(ReadOnlySpan<byte> report, int word) => TryWord(report, word - 1, out var previous) ? previous : default;

    private static bool TryWord(ReadOnlySpan<byte> bytes, int index, out UInt256 word)
    {
        bool isThere = index >= 0 && index < bytes.Length / WordBytes;
        word = isThere ? UInt256.FromBigEndian(bytes.Slice(index * WordBytes, WordBytes)) : default;
        return isThere;
    }

    private static bool TryBytes(ReadOnlySpan<byte> arguments, int argument, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!TryWord(arguments, argument, out var start) || start.BitLength > 31 || (start.LowUInt64 % WordBytes) != 0
            || !TryWord(arguments, (int)(start.LowUInt64 / WordBytes), out var length) || length.BitLength > 31)
        {
            return false;
        }

        var rest = arguments[((int)start.LowUInt64 + WordBytes)..];
        bool fits = (int)length.LowUInt64 <= rest.Length;
        bytes = fits ? rest[..(int)length.LowUInt64] : default;
        return fits;
    }
}
