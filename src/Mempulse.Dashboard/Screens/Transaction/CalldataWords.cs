using Mempulse.Ethereum.Abi;

namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>The calldata as words, each with the one that reads it.</summary>
internal static class CalldataWords
{
    /// <summary>Words at most; the rest is counted.</summary>
    public const int MaxWords = 512;

    /// <summary>The words after the selector.</summary>
    /// <param name="calldata">The calldata.</param>
    /// <param name="rows">The lines of the decode.</param>
    public static IReadOnlyList<CalldataWord> Of(ReadOnlySpan<byte> calldata, IReadOnlyList<DecodeRow> rows)
    {
        var words = new List<CalldataWord>();
        var arguments = rows.Where(static row => row.IsArgument).ToList();
        int owner = rows.Count > 0 ? rows[0].EndByte : 0;
        for (int first = AbiFunction.SelectorBytes; first < calldata.Length && words.Count < MaxWords; first += AbiType.WordBytes)
        {
            int end = Math.Min(calldata.Length, first + AbiType.WordBytes);
            string hex = Convert.ToHexStringLower(calldata[first..end]);
            int zeros = hex.AsSpan().IndexOfAnyExcept('0') is >= 0 and var at ? at : hex.Length;
            var reader = arguments.FirstOrDefault(row => row.FirstByte < end && row.EndByte > first);
            words.Add(new CalldataWord(words.Count, first, hex[..zeros], hex[zeros..], reader is null ? end - first < AbiType.WordBytes || first >= owner ? "not read" : string.Empty : reader.Name));
        }

        return words;
    }

    /// <summary>Number of words of the calldata.</summary>
    public static int Count(int lengthBytes) => lengthBytes <= AbiFunction.SelectorBytes ? 0 : (lengthBytes - AbiFunction.SelectorBytes + AbiType.WordBytes - 1) / AbiType.WordBytes;
}
