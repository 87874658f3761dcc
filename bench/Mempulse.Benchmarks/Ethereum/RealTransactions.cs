using System.Text.Json;
using Mempulse.Ethereum.Blocks;
using ZstdSharp;

namespace Mempulse.Benchmarks.Ethereum;

/// <summary>1,686 transactions of 13 real mainnet blocks in consensus form.</summary>
internal static class RealTransactions
{
    private const string Blocks = "tests/vectors/mainnet/blocks-rlp-receipts69.jsonl.zst";

    /// <summary>All of them, in chain order.</summary>
    public static byte[][] Load()
    {
        var transactions = new List<byte[]>();
        using var reader = new StreamReader(new DecompressionStream(File.OpenRead(Find(Blocks)), leaveOpen: false));
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            byte[] encoded = Convert.FromHexString((json.RootElement.GetProperty("body").GetString() ?? string.Empty)[2..]);
            if (!BlockBody.TryDecode(encoded, out var body, out var failure))
            {
                throw new InvalidDataException($"{Blocks}: {failure}");
            }

            transactions.AddRange(body.Transactions.Select(transaction => transaction.ToArray()));
        }

        return [.. transactions];
    }

    /// <summary>Path of a file of the checkout that this was built from.</summary>
    public static string Find(string relativePath)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, relativePath);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"Cannot find {relativePath} in any folder above {AppContext.BaseDirectory}.");
    }
}
