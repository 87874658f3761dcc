using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using MessagePackSerializer = MessagePack.MessagePackSerializer;
using NerdbankSerializer = Nerdbank.MessagePack.MessagePackSerializer;

namespace Mempulse.Benchmarks.Primitives;

/// <summary>Our MessagePack subset beside two packages, on the payloads that make up nearly all of a log. Best of several rounds, in one run.</summary>
internal sealed class PrimitivesFigures : IFigures
{
    private const int Operations = 1_000_000;
    private const int Rounds = 9;
    private const int RawBytes = 180;

    private static readonly byte[] Amount = [.. Enumerable.Range(1, 9).Select(i => (byte)i)];

    private static readonly Address Recipient = new([.. Enumerable.Repeat((byte)0x21, Address.Size)]);

    private static readonly NormalizedTx Tx = new()
    {
        Type = TxType.DynamicFee,
        ChainId = new ChainId(1),
        Nonce = new Nonce(300),
        GasLimit = new Gas(100_000),
        Recipient = Recipient,
        Value = new Wei(UInt256.FromBigEndian(Amount)),
        MaxFeePerGas = new Wei(30_000_000_000),
        MaxPriorityFeePerGas = new Wei(2_000_000_000),
        MaxFeePerBlobGas = default,
        BlobCount = 0,
        InputLength = 68,
        Selector = 0xa9059cbb,
        AuthorizationList = default,
        RawBytes = new byte[RawBytes],
    };

    private readonly ByteBuffer _ours = new(4096);
    private readonly ArrayBufferWriter<byte> _theirs = new(4096);
    private readonly NerdbankSerializer _nerdbank = new();

    /// <inheritdoc/>
    public string Area => "primitives";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        output.WriteLine("| payload | codec | write ns | write B allocated | read ns | read B allocated | payload bytes |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        PrintSeen(output);
        PrintDecoded(output);
    }

    private void PrintSeen(TextWriter output)
    {
        LogEvent seen = new LogEvent.TxSeen(Hash256.Zero, SightingVia.HashSubscription);
        byte[] ours = Written(() => Write(seen));
        var package = new PackageSeen { Via = 1 };
        byte[] packaged = MessagePackSerializer.Serialize(package);
        var nerdbank = new NerdbankSeen { Via = 1 };
        byte[] shaped = _nerdbank.Serialize(nerdbank);

        Row(output, "TxSeen", "ours", ours.Length, () => Written(seen), () => ReadVia(ours));
        Row(output, "TxSeen", "MessagePack 2.5", packaged.Length, () => WithPackage(package), () => MessagePackSerializer.Deserialize<PackageSeen>(packaged));
        Row(output, "TxSeen", "Nerdbank.MessagePack 1.4", shaped.Length, () => WithNerdbank(nerdbank), () => _nerdbank.Deserialize<NerdbankSeen>(shaped));
    }

    private void PrintDecoded(TextWriter output)
    {
        byte[] ours = Written(WriteFields);
        var package = new PackageDecoded
        {
            Type = 2, ChainId = 1, Nonce = 300, GasLimit = 100_000, Recipient = Recipient.ToArray(), Value = Amount, MaxFeePerGas = 30_000_000_000,
            MaxPriorityFeePerGas = 2_000_000_000, MaxFeePerBlobGas = 0, BlobCount = 0, InputLength = 68, Selector = 0xa9059cbb, Authorizations = [], Raw = new byte[RawBytes],
        };
        byte[] packaged = MessagePackSerializer.Serialize(package);
        var nerdbank = new NerdbankDecoded
        {
            Type = 2, ChainId = 1, Nonce = 300, GasLimit = 100_000, Recipient = Recipient.ToArray(), Value = Amount, MaxFeePerGas = 30_000_000_000,
            MaxPriorityFeePerGas = 2_000_000_000, MaxFeePerBlobGas = 0, BlobCount = 0, InputLength = 68, Selector = 0xa9059cbb, Authorizations = [], Raw = new byte[RawBytes],
        };
        byte[] shaped = _nerdbank.Serialize(nerdbank);

        Row(output, "TxDecoded", "ours", ours.Length, WriteTx, () => ReadTx(ours));
        Row(output, "TxDecoded", "MessagePack 2.5", packaged.Length, () => WithPackage(package), () => MessagePackSerializer.Deserialize<PackageDecoded>(packaged));
        Row(output, "TxDecoded", "Nerdbank.MessagePack 1.4", shaped.Length, () => WithNerdbank(nerdbank), () => _nerdbank.Deserialize<NerdbankDecoded>(shaped));
    }

    private static void Row(TextWriter output, string payload, string codec, int sizeBytes, Action write, Action read)
    {
        var (writeNanoseconds, writeBytes) = Measure(write);
        var (readNanoseconds, readBytes) = Measure(read);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {payload} | {codec} | {writeNanoseconds:F1} | {writeBytes:F0} | {readNanoseconds:F1} | {readBytes:F0} | {sizeBytes} |"));
    }

    private static (double Nanoseconds, double AllocatedBytes) Measure(Action operation)
    {
        double best = double.MaxValue;
        double allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long bytesBefore = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Operations; i++)
            {
                operation();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Operations);
            allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - bytesBefore) / Operations;
        }

        return (best, allocated);
    }

    private byte[] Written(Action write)
    {
        _ours.Clear();
        write();
        return _ours.WrittenSpan.ToArray();
    }

    private void Written(LogEvent logEvent)
    {
        _ours.Clear();
        Write(logEvent);
    }

    private void Write(LogEvent logEvent)
    {
        var fields = new PayloadWriter(_ours);
        logEvent.WriteFields(ref fields);
        fields.End();
    }

    private void WriteTx()
    {
        _ours.Clear();
        WriteFields();
    }

    private void WriteFields()
    {
        var fields = new PayloadWriter(_ours);
        NormalizedTxCodec.WriteFields(ref fields, Tx);
        fields.End();
    }

    private void WithPackage<T>(T value)
    {
        _theirs.ResetWrittenCount();
        MessagePackSerializer.Serialize(_theirs, value);
    }

    private void WithNerdbank<T>(T value)
        where T : PolyType.IShapeable<T>
    {
        _theirs.ResetWrittenCount();
        _nerdbank.Serialize(_theirs, value);
    }

    private static void ReadVia(byte[] payload)
    {
        var fields = new PayloadReader(payload);
        fields.ByteCode();
    }

    private static void ReadTx(byte[] payload)
    {
        var fields = new PayloadReader(payload);
        NormalizedTxCodec.Read(ref fields);
    }
}
