using System.Formats.Tar;
using System.Globalization;
using Mempulse.Ethereum.Kzg;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using ZstdSharp;

namespace Mempulse.Benchmarks.Ethereum;

/// <summary>The cost of a blob's proofs for a decode worker, for both wrappers of the real vectors.</summary>
internal static class BlobProofFigures
{
    private const string Wrappers = "tests/vectors/mainnet/blob-pooled-tx.tar.zst";
    private const int Rounds = 5;

    /// <summary>Prints milliseconds of processor time per blob: the best of five rounds over all wrappers of a kind.</summary>
    public static void Print(TextWriter output)
    {
        var wrappers = Load();
        PrintKind(output, "EIP-4844, one proof per blob", wrappers, version: 0);
        PrintKind(output, "EIP-7594, 128 proofs per blob", wrappers, version: 1);
    }

    private static void PrintKind(TextWriter output, string what, List<byte[]> wrappers, byte version)
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        var proofs = new BlobProofVerifier();
        double best = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            int blobs = 0;
            var used = TimeSpan.Zero;
            foreach (byte[] raw in wrappers)
            {
                if (!decoder.TryDecode(raw, TxForm.Network, out var tx, out _) || BlobSidecar.From(tx)?.WrapperVersion != version)
                {
                    continue;
                }

                var before = Environment.CpuUsage.TotalTime;
                var failure = proofs.Verify(tx);
                used += Environment.CpuUsage.TotalTime - before;
                blobs += failure.Error == TxDecodeError.None ? tx.BlobCount : 0;
            }

            best = Math.Min(best, used.TotalMilliseconds / blobs);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-36} {best,10:F2} ms/blob"));
    }

    private static List<byte[]> Load()
    {
        var wrappers = new List<byte[]>();
        using var tar = new TarReader(new DecompressionStream(File.OpenRead(RealTransactions.Find(Wrappers)), leaveOpen: false));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name.EndsWith(".bin", StringComparison.Ordinal) && !entry.Name.Contains("invalid", StringComparison.Ordinal))
            {
                using var content = new MemoryStream();
                entry.DataStream?.CopyTo(content);
                wrappers.Add(content.ToArray());
            }
        }

        return wrappers;
    }
}
