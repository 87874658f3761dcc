using Mempulse.Primitives;

namespace Mempulse.Features.Reasons;

/// <summary>Amounts and times as sentences state them, exactly.</summary>
internal static class AmountText
{
    private const ulong WeiPerGwei = 1_000_000_000;
    private const ulong SmallFee = 1_000_000;
    private const ulong MicrosPerSecond = 1_000_000;
    private const ulong MicrosPerMillisecond = 1_000;

    /// <summary>A fee in gwei with all of its decimals, or in wei if it is below 0.001 gwei.</summary>
    public static string Fee(in UInt256 wei)
    {
        if (wei < SmallFee)
        {
            return $"{wei} wei";
        }

        UInt256.Divide(wei, WeiPerGwei, out var whole);
        ulong rest = (wei - (whole * WeiPerGwei)).LowUInt64;
        string decimals = rest == 0 ? string.Empty : $".{rest:D9}".TrimEnd('0');
        return $"{whole}{decimals} gwei";
    }

    /// <summary>The time between two instants in seconds to the millisecond, or in milliseconds to the microsecond; zero if the second is earlier.</summary>
    public static string Duration(UnixNanoseconds from, UnixNanoseconds to) => Duration(Micros(from, to));

    /// <summary>A duration in seconds to the millisecond, or in milliseconds to the microsecond.</summary>
    public static string Duration(ulong micros) => micros >= MicrosPerSecond
        ? $"{micros / MicrosPerSecond}.{micros % MicrosPerSecond / MicrosPerMillisecond:D3} s"
        : $"{micros / MicrosPerMillisecond}.{micros % MicrosPerMillisecond:D3} ms";

    /// <summary>Microseconds between two instants; zero if the second is earlier.</summary>
    public static ulong Micros(UnixNanoseconds from, UnixNanoseconds to) => to <= from ? 0 : (ulong)(to.Value - from.Value) / 1_000;

    /// <summary>A number and its noun.</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
