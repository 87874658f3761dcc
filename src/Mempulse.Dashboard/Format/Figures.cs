using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Format;

/// <summary>Numbers as the design writes them: a comma in thousands, a space before a unit, never 0 for what is not known.</summary>
internal static class Figures
{
    /// <summary>What stands where a value does not apply.</summary>
    public const string NotApplicable = "–";

    private const char Minus = '−';
    private const int GweiDecimals = 9;
    private const int EtherDecimals = 18;
    private const ulong GasInMillionsFrom = 10_000_000;

    /// <summary>A count, such as 2,041.</summary>
    public static string Count(long value) => value < 0
        ? Minus + Count((ulong)-value)
        : Count((ulong)value);

    /// <inheritdoc cref="Count(long)"/>
    public static string Count(ulong value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number in at most four digits with its scale, such as 48.7 M: where the size matters and not the digits. The whole number is beside it for who needs it.</summary>
    public static string Compact(long value) => value < 0 ? Minus + Compact(-value) : value switch
    {
        < 10_000 => Count(value),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1_000}.{value / 100 % 10} k"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{value / 1_000_000}.{value / 100_000 % 10} M"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Count(value / 1_000_000_000)} G"),
    };

    /// <summary>A position of the log, such as #8,412,377; never shortened.</summary>
    public static string Event(GlobalSeq seq) => "#" + Count(seq.Value);

    /// <inheritdoc cref="Event(GlobalSeq)"/>
    public static string Event(ulong seq) => "#" + Count(seq);

    /// <summary>A price of gas in gwei: three decimals, six below 0.1.</summary>
    public static string Gwei(UInt256 wei)
    {
        bool isSmall = wei.FitsUInt64 && wei.LowUInt64 < 100_000_000;
        return Scaled(wei.ToString(), GweiDecimals, isSmall && !wei.IsZero ? 6 : 3);
    }

    /// <summary>A price of gas in gwei with every digit.</summary>
    public static string ExactGwei(UInt256 wei) => Scaled(wei.ToString(), GweiDecimals, GweiDecimals);

    /// <summary>An amount of ether with its unit: six decimals below 1, four above; dust in wei.</summary>
    public static string Ether(UInt256 wei)
    {
        if (wei.FitsUInt64 && wei.LowUInt64 < 1_000_000_000_000)
        {
            return wei.IsZero ? "0 ETH" : $"{Count(wei.LowUInt64)} wei";
        }

        bool isBelowOne = wei.FitsUInt64 && wei.LowUInt64 < 1_000_000_000_000_000_000;
        return Scaled(wei.ToString(), EtherDecimals, isBelowOne ? 6 : 4) + " ETH";
    }

    /// <summary>An amount of ether with every digit, in groups of three.</summary>
    public static string ExactEther(UInt256 wei)
    {
        string text = Scaled(wei.ToString(), EtherDecimals, EtherDecimals);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        return text[..(point + 1)] + string.Join('\u2009', text[(point + 1)..].Chunk(3).Select(static group => new string(group))) + " ETH";
    }

    /// <summary>An amount in the smallest unit of a token as a decimal number.</summary>
    /// <param name="digits">The amount, in decimal digits.</param>
    /// <param name="decimals">Digits of the amount behind the point.</param>
    /// <param name="shown">Digits behind the point that are shown; the rest is cut off.</param>
    public static string Scaled(string digits, int decimals, int shown)
    {
        ArgumentNullException.ThrowIfNull(digits);
        string padded = digits.PadLeft(decimals + 1, '0');
        string whole = Grouped(padded[..^decimals]);
        string rest = padded[^decimals..];
        return shown == 0 ? whole : $"{whole}.{rest.PadRight(shown, '0')[..shown]}";
    }

    /// <summary>An amount of gas: whole, and in millions from ten million on.</summary>
    public static string Gas(ulong gas) => gas < GasInMillionsFrom
        ? Count(gas)
        : string.Create(CultureInfo.InvariantCulture, $"{gas / 1_000_000}.{gas / 10_000 % 100:D2} M");

    /// <summary>A share in hundredths of a percent, such as 98.7 %.</summary>
    public static string Share(long basisPoints) => basisPoints == 10_000 ? "100 %"
        : string.Create(CultureInfo.InvariantCulture, $"{(basisPoints < 0 ? Minus.ToString() : string.Empty)}{Math.Abs(basisPoints) / 100}.{Math.Abs(basisPoints) / 10 % 10} %");

    /// <summary>A part of a whole as a share; "–" of nothing.</summary>
    public static string Share(ulong part, ulong whole) => whole == 0 ? NotApplicable : Share((long)(part * 10_000 / whole));

    /// <summary>A number in thousandths with one decimal, such as a rate.</summary>
    public static string Tenths(long thousandths) => string.Create(CultureInfo.InvariantCulture, $"{thousandths / 1_000}.{thousandths / 100 % 10}");

    /// <summary>A number of bytes, in the largest unit that keeps it above 1.</summary>
    public static string Bytes(long bytes)
    {
        const int Unit = 1_024;
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        long tenths = checked(bytes * 10);
        int unit = 0;
        while (tenths >= Unit * 10L && unit < units.Length - 1)
        {
            tenths /= Unit;
            unit++;
        }

        return unit == 0 ? $"{Count(bytes)} B" : string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10} {units[unit]}");
    }

    private static string Grouped(string digits)
    {
        if (digits.Length <= 3)
        {
            return digits;
        }

        int first = digits.Length % 3;
        var groups = digits[first..].Chunk(3).Select(static group => new string(group));
        return string.Join(',', first == 0 ? groups : groups.Prepend(digits[..first]));
    }
}
