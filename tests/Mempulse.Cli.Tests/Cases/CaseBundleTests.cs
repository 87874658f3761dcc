using Mempulse.Builder.Assembly;
using Mempulse.Cli.Tests.Opportunities;
using Mempulse.Cli.Tests.Simulations;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Storage.Cases;
using Mempulse.Storage.Contents;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Cli.Tests.Cases;

/// <summary>The id of a bundle follows from the bytes in its case file; what can still be executed is in no file that was not asked for it.</summary>
public sealed class CaseBundleTests : IDisposable
{
    private static readonly Address s_operator = new EcdsaSigner([.. Enumerable.Repeat((byte)0x31, 32)]).Account;

    private readonly ScratchDirectory _scratch = new();
    private readonly RecordedBundle _recorded = new();
    private readonly ReadOnlyMemory<byte> _raw;
    private readonly byte[] _bytes;
    private readonly LogEvent.BundleBuilt _built;

    public CaseBundleTests()
    {
        _raw = _recorded.Run.Witness.Request.Transactions[0].Raw;
        var own = new BundleTx(Keccak256.Hash(_raw.Span), s_operator, new Nonce(0), new Wei(1_000), IsOwn: true, MayRevert: false);
        _bytes = BundleBytes.Encode([new BundlePart(own, _raw)], isSigned: true);
        _built = new LogEvent.BundleBuilt
        {
            Bundle = BundleBytes.IdOf(_bytes, new BlockNumber(101), 2),
            Base = Named.Block("base"),
            Sim = _recorded.Fact.Sim,
            Opportunities = [],
            BaseNumber = new BlockNumber(100),
            Target = new BlockNumber(101),
            Strategy = "backrun-arbitrage",
            StrategyVersion = 2,
            Content = Keccak256.Hash(_bytes),
            Operator = s_operator,
            Account = Named.Account("executor"),
            Transactions = [own],
            GasLimit = new Gas(100_000),
            BaseFee = new Wei(8),
            Tip = new Wei(1),
            Payment = default,
            PaymentPolicy = "share/1 9000 bps",
            Profit = default,
            Uuid = "0b3dfd2a-6f0e-4c1c-9d0a-0c9f0c7d8e9f",
            Sequence = 1,
            IsSigned = true,
            IsDryRun = false,
            Token = Named.Account("wrapped ether"),
        };
    }

    private string Target => _scratch["case.mpcase"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_id_of_a_bundle_in_a_block_follows_from_its_bytes_and_every_field_of_them_is_compared()
    {
        Write(Block(_built.Transactions[0].Hash));
        var exported = await ExportAsync();
        var content = CaseFile.Read(Target);
        string name = $"bundle {_built.Bundle}";

        var verified = await CliRun.InProcessAsync("case", "verify", Target, "--json");

        Assert.Equal([$"simulation {_built.Sim}", name], exported.Json["results"]!.AsArray().Select(static result => (string)result!));
        Assert.Empty(exported.Json["asLogged"]!.AsArray());
        Assert.Equal((0, true), (verified.ExitCode, (bool)verified.Json["reproduced"]!));
        await AssertNamedAsync(content.With<LogEvent.BundleBuilt>(static built => built with { Target = new BlockNumber(102) }), $"{name} id");
        await AssertNamedAsync(content.With<LogEvent.BundleBuilt>(static built => built with { StrategyVersion = 3 }), $"{name} id");
        await AssertNamedAsync(content.With<LogEvent.BundleBuilt>(static built => built with { Content = Named.Tx("other") }), $"BundleBuilt {_built.Bundle} content");
        await AssertNamedAsync(content with { Contents = [.. content.Contents.Select(static bytes => Changed(bytes))] }, $"SimCompleted {_built.Sim} content");
        await AssertNamedAsync(content with { Contents = [.. content.Contents.Where(bytes => bytes.Span.SequenceEqual(_bytes))] }, $"SimCompleted {_built.Sim} content");
        await AssertNamedAsync(WithTx(content, static tx => tx with { Nonce = new Nonce(5) }), $"{name} transactions[0].nonce");
        await AssertNamedAsync(WithTx(content, static tx => tx with { Sender = Named.Account("other") }), $"{name} transactions[0].sender");
        await AssertNamedAsync(WithTx(content, static tx => tx with { MaxFeePerGas = new Wei(5) }), $"{name} transactions[0].maxFeePerGas");
        await AssertNamedAsync(WithTx(content, static tx => tx with { MayRevert = true }), $"{name} transactions[0].mayRevert");
        await AssertNamedAsync(WithTx(content, static tx => tx with { IsOwn = false }), $"{name} transactions[0].own");
        await AssertNamedAsync(WithTx(content, static tx => tx with { Hash = Named.Tx("other") }), $"{name} transactions[0].hash");
        await AssertNamedAsync(content.With<LogEvent.BundleBuilt>(static built => built with { IsSigned = false }), $"{name} transactions[0].signed");
        await AssertNamedAsync(content.With<LogEvent.BundleBuilt>(static built => built with { Transactions = [] }), $"{name} transactions");
    }

    [Fact]
    public async Task A_bundle_with_the_simulation_of_another_one_is_found()
    {
        byte[] other = BundleBytes.Encode([.. Enumerable.Repeat(new BundlePart(_built.Transactions[0], _raw), 2)], isSigned: true);
        var built = _built with { Bundle = BundleBytes.IdOf(other, _built.Target, 2), Content = Keccak256.Hash(other), Transactions = [_built.Transactions[0], _built.Transactions[0]] };
        Write(Block(_built.Transactions[0].Hash), built, other);

        var exported = await CliRun.InProcessAsync("case", "export", built.Bundle.ToString(), "--data", _scratch["log"], "--out", Target);
        var verified = await CliRun.InProcessAsync("case", "verify", Target, "--json");

        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.Equal((1, $"bundle {built.Bundle} simulation"), (verified.ExitCode, (string)verified.Json["field"]!));
    }

    [Fact]
    public async Task What_can_still_be_executed_is_in_the_file_only_if_it_is_asked_for()
    {
        Write(Block(Named.Tx("else"), sender: "stranger"));
        var exported = await ExportAsync();
        var text = await CliRun.InProcessAsync("case", "export", _built.Bundle.ToString(), "--data", _scratch["log"], "--out", _scratch["text"]);
        var content = CaseFile.Read(Target);
        var verified = await CliRun.InProcessAsync("case", "verify", Target, "--json");
        File.Delete(Target);
        var whole = await ExportAsync("--private");
        var wholeVerified = await CliRun.InProcessAsync("case", "verify", Target, "--json");

        string[] withheld = [$"BundleBuilt {_built.Bundle}", $"SimCompleted {_built.Sim}"];
        Assert.Equal(withheld.Order(StringComparer.Ordinal), exported.Json["withheld"]!.AsArray().Select(static one => (string)one!).Order(StringComparer.Ordinal));
        Assert.Contains($"Without the transactions of {withheld[0]}: they can still be executed, so anyone who has them can send them. --private includes them.", text.Lines);
        Assert.DoesNotContain(content.Contents, bytes => bytes.Span.IndexOf(_raw.Span) >= 0);
        Assert.DoesNotContain(content.Records, record => record.Bytes.Span.IndexOf(_raw.Span) >= 0);
        Assert.Equal(withheld.Order(StringComparer.Ordinal), verified.Json["asLogged"]!.AsArray().Select(static one => (string)one!).Order(StringComparer.Ordinal));
        Assert.Equal((0, 0), (verified.ExitCode, wholeVerified.ExitCode));
        Assert.Empty(whole.Json["withheld"]!.AsArray());
        Assert.Empty(wholeVerified.Json["asLogged"]!.AsArray());
        Assert.Contains(CaseFile.Read(Target).Contents, bytes => bytes.Span.IndexOf(_raw.Span) >= 0);
    }

    private static byte[] Changed(ReadOnlyMemory<byte> bytes)
    {
        byte[] changed = bytes.ToArray();
        changed[^1] ^= 1;
        return changed;
    }

    private static CaseContent WithTx(CaseContent content, Func<BundleTx, BundleTx> change) =>
        content.With<LogEvent.BundleBuilt>(built => built with { Transactions = [change(built.Transactions[0])] });

    /// <summary>The target block, with one transaction.</summary>
    private static LogEvent.BlockObserved Block(Hash256 tx, string? sender = null) => new()
    {
        Hash = Named.Block("target"),
        Number = new BlockNumber(101),
        ParentHash = Named.Block("base"),
        TimestampSeconds = 1_800_000_000,
        BaseFeePerGas = new Wei(7),
        GasUsed = new Gas(21_000),
        GasLimit = new Gas(30_000_000),
        FeeRecipient = Named.Account("builder"),
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = [new BlockTx(tx, sender is null ? s_operator : Named.Account(sender), new Nonce(0), ExecutionOutcome.Succeeded, new Gas(21_000), default)],
        AuthorityNonces = [],
    };

    /// <summary>The log: simulated, built, sent, and a block.</summary>
    private void Write(LogEvent.BlockObserved target) => Write(target, _built, _bytes);

    private void Write(LogEvent.BlockObserved target, LogEvent.BundleBuilt built, byte[] bytes)
    {
        var story = new Scenario().Block("base").Fact(_recorded.Fact).Fact(built);
        story.Fact(new LogEvent.AttemptStarted { Bundle = built.Bundle, Relay = "titan", Command = RelayCommandKind.SendBundle, Number = 1, BackoffMilliseconds = 0, Seed = Named.Tx("seed"), Request = Named.Tx("request"), IsDryRun = false });
        OppLog.Write(_scratch["log"], story.Fact(target));
        var store = ContentStore.Open(new ContentStoreOptions { Directory = ContentDirectory.Beside(_scratch["log"]) });
        store.Put(ContentKind.Witness, _recorded.Witness);
        store.Put(ContentKind.Bundle, bytes);
    }

    private async Task<CliRun> ExportAsync(params string[] more)
    {
        var exported = await CliRun.InProcessAsync(["case", "export", _built.Bundle.ToString(), "--data", _scratch["log"], "--out", Target, "--json", .. more]);
        Assert.True(exported.ExitCode == 0, exported.Error);
        return exported;
    }

    private async Task AssertNamedAsync(CaseContent content, string field)
    {
        await File.WriteAllBytesAsync(Target, CaseFile.Encode(content), TestContext.Current.CancellationToken);

        var run = await CliRun.InProcessAsync("case", "verify", Target, "--json");

        Assert.Equal((1, field), (run.ExitCode, (string)run.Json["field"]!));
    }
}
