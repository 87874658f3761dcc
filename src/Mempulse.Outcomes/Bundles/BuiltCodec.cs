using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;

namespace Mempulse.Outcomes.Bundles;

/// <summary>The part of a bundle's entry that never changes: the event that made it.</summary>
internal static class BuiltCodec
{
    public static void Write(EntryWriter writer, LogEvent.BundleBuilt built)
    {
        writer.Write(built.Bundle);
        writer.Write(built.Base);
        writer.Write(built.Sim);
        writer.WriteCount(built.Opportunities.Count);
        foreach (var opportunity in built.Opportunities)
        {
            writer.Write(opportunity);
        }

        writer.Write(built.BaseNumber.Value);
        writer.Write(built.Target.Value);
        writer.Write(built.Strategy);
        writer.WriteCount(built.StrategyVersion);
        writer.Write(built.Content);
        writer.Write(built.Operator);
        writer.Write(built.Account);
        writer.Write(built.Token);
        writer.WriteCount(built.Transactions.Count);
        foreach (var tx in built.Transactions)
        {
            Write(writer, tx);
        }

        writer.Write(built.GasLimit.Value);
        writer.Write(built.BaseFee.Value);
        writer.Write(built.Tip.Value);
        writer.Write(built.Payment.Value);
        writer.Write(built.PaymentPolicy);
        Write(writer, built.Profit);
        writer.Write(built.Uuid);
        writer.Write(built.Sequence);
        writer.Write(built.Replaces is not null);
        writer.Write(built.Replaces ?? default);
        writer.Write(built.IsSigned);
        writer.Write(built.IsDryRun);
    }

    public static LogEvent.BundleBuilt Read(ref EntryReader reader)
    {
        var (bundle, block, sim, opportunities) = (reader.ReadHash(), reader.ReadHash(), reader.ReadHash(), new Hash256[reader.ReadCount()]);
        for (int i = 0; i < opportunities.Length; i++)
        {
            opportunities[i] = reader.ReadHash();
        }

        return new LogEvent.BundleBuilt
        {
            Bundle = bundle,
            Base = block,
            Sim = sim,
            Opportunities = opportunities,
            BaseNumber = new BlockNumber(reader.ReadUInt64()),
            Target = new BlockNumber(reader.ReadUInt64()),
            Strategy = reader.ReadString(),
            StrategyVersion = reader.ReadInt32(),
            Content = reader.ReadHash(),
            Operator = reader.ReadAddress(),
            Account = reader.ReadAddress(),
            Token = reader.ReadAddress(),
            Transactions = ReadTransactions(ref reader),
            GasLimit = new Gas(reader.ReadUInt64()),
            BaseFee = new Wei(reader.ReadUInt256()),
            Tip = new Wei(reader.ReadUInt256()),
            Payment = new Wei(reader.ReadUInt256()),
            PaymentPolicy = reader.ReadString(),
            Profit = ReadDelta(ref reader),
            Uuid = reader.ReadString(),
            Sequence = reader.ReadUInt64(),
            Replaces = ReadNullable(ref reader),
            IsSigned = reader.ReadBoolean(),
            IsDryRun = reader.ReadBoolean(),
        };
    }

    public static void Write(EntryWriter writer, WeiDelta delta)
    {
        writer.Write(delta.IsLoss);
        writer.Write(delta.Amount.Value);
    }

    public static WeiDelta ReadDelta(ref EntryReader reader)
    {
        bool isLoss = reader.ReadBoolean();
        var amount = new Wei(reader.ReadUInt256());
        return isLoss ? WeiDelta.Loss(amount) : WeiDelta.Gain(amount);
    }

    private static void Write(EntryWriter writer, in BundleTx tx)
    {
        writer.Write(tx.Hash);
        writer.Write(tx.Sender);
        writer.Write(tx.Nonce.Value);
        writer.Write(tx.MaxFeePerGas.Value);
        writer.Write(tx.IsOwn);
        writer.Write(tx.MayRevert);
    }

    private static BundleTx[] ReadTransactions(ref EntryReader reader)
    {
        var transactions = new BundleTx[reader.ReadCount()];
        for (int i = 0; i < transactions.Length; i++)
        {
            transactions[i] = new BundleTx(
                reader.ReadHash(), reader.ReadAddress(), new Nonce(reader.ReadUInt64()), new Wei(reader.ReadUInt256()), reader.ReadBoolean(), reader.ReadBoolean());
        }

        return transactions;
    }

    private static Hash256? ReadNullable(ref EntryReader reader)
    {
        bool isThere = reader.ReadBoolean();
        var hash = reader.ReadHash();
        return isThere ? hash : null;
    }
}
