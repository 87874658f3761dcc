using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Sim.Running;

/// <summary>Keccak-256 over the logs of all transactions in order; each transaction contributes an array of (address, topics, data).</summary>
internal static class LogsDigest
{
    public static Hash256 Of(IReadOnlyList<TxResult> transactions)
    {
        var buffer = new ByteBuffer();
        var writer = new MessagePackWriter(buffer);
        for (int i = 0; i < transactions.Count; i++)
        {
            var logs = transactions[i].Logs;
            writer.WriteArrayHeader(logs.Count);
            for (int j = 0; j < logs.Count; j++)
            {
                writer.Write(logs[j].Address);
                writer.WriteArrayHeader(logs[j].Topics.Count);
                for (int topic = 0; topic < logs[j].Topics.Count; topic++)
                {
                    writer.Write(logs[j].Topics[topic]);
                }

                writer.Write(logs[j].Data.Span);
            }
        }

        return Keccak256.Hash(buffer.WrittenSpan);
    }
}
