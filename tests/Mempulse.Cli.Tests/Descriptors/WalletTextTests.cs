using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Tests.Descriptors;

/// <summary>What imported descriptors say of real calls is what a wallet shows for them.</summary>
public sealed class WalletTextTests : IAsyncLifetime
{
    private static readonly int[] s_decimals = [18, 8, 6, 0];

    private readonly ScratchDirectory _scratch = new();
    private readonly ContractRegistry _shipped = RegistryFile.Read(RegistryFile.Shipped).Registry;
    private ContractRegistry _alone = null!;
    private ContractRegistry _merged = null!;

    public async ValueTask InitializeAsync()
    {
        ClearSigning.WriteTo(_scratch["descriptors"]);
        await File.WriteAllTextAsync(_scratch["empty.json"], """{"format": 1}""");
        _alone = await ImportAsync("alone.json", "--into", _scratch["empty.json"]);
        _merged = await ImportAsync("merged.json");
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Every_amount_is_in_the_wallets_text_with_its_token_and_no_other_recipient_is_shown()
    {
        var (amounts, tokens, recipients) = (0, 0, 0);
        var unshown = new List<string>();
        foreach (var call in ClearSigning.Calls().Where(static call => call.Shown.Length > 0))
        {
            foreach (var effect in ClearSigning.Decode(_alone, call).Effects)
            {
                foreach (var (amount, token) in new[] { (effect.AmountIn, effect.TokenIn), (effect.AmountOut, effect.TokenOut) })
                {
                    if (amount.Meaning is AmountMeaning.NotStated or AmountMeaning.Unresolved || amount.Value.IsZero)
                    {
                        continue; // the wallet shows a word such as "All", or nothing for a payment of 0
                    }

                    string[] shown = [.. s_decimals.Select(decimals => Text(amount.Value, decimals)).Where(text => call.Shown.Contains(text, StringComparison.Ordinal))];
                    Assert.True(shown.Length > 0, $"{call.Name}: {amount.Value} is not in {call.Shown}");
                    amounts++;
                    if (SymbolOf(call.Chain, token) is { } symbol)
                    {
                        // A wallet that does not know the token shows the bare number and question marks.
                        Assert.True(shown.Any(text => call.Shown.Contains(text + symbol, StringComparison.OrdinalIgnoreCase) || call.Shown.Contains(text + "???", StringComparison.Ordinal)), $"{call.Name}: {amount.Value} {symbol} is not in {call.Shown}");
                        tokens++;
                    }
                }

                if (effect is { Node: 0, Counterparty: { } account } && account != ClearSigning.Sender) // for contracts in inner calls it shows names
                {
                    bool isShown = call.Shown.Contains(account.ToString(), StringComparison.OrdinalIgnoreCase);
                    bool isAnother = !isShown && call.Shown.Contains("0x", StringComparison.Ordinal); // a wallet shows a name for some, and nothing for its own account
                    unshown.AddRange(isAnother ? [$"{call.Name}: {account} is not in {call.Shown}"] : []);
                    recipients += isShown ? 1 : 0;
                }
            }
        }

        Assert.Equal([], unshown);
        Assert.True(amounts >= 70 && tokens >= 50 && recipients >= 25, $"{amounts} amounts, {tokens} tokens, {recipients} recipients");
    }

    [Fact]
    public void Every_call_of_a_described_function_is_read_by_its_contracts_own_functions()
    {
        var unread = ClearSigning.Calls().Where(call => ClearSigning.Decode(_alone, call).Nodes[0].Status != DecodeStatus.Decoded).Select(static call => call.Name);

        Assert.Equal([], unread);
    }

    /// <summary>All but the rule, which is an object of its registry.</summary>
    private static (EffectKind, int, Address?, Address?, Amount, Amount, Address?, UInt256?) Said(Effect effect) =>
        (effect.Kind, effect.Node, effect.TokenIn, effect.TokenOut, effect.AmountIn, effect.AmountOut, effect.Counterparty, effect.Deadline);

    [Fact]
    public void What_the_registry_said_before_stays()
    {
        foreach (var call in ClearSigning.Calls())
        {
            var before = ClearSigning.Decode(_shipped, call);
            var after = ClearSigning.Decode(_merged, call);
            if (before.Nodes[0].Status == DecodeStatus.Decoded)
            {
                Assert.Equal(before.Nodes[0].Function!.Layout, after.Nodes[0].Function!.Layout);
                Assert.Equal(before.Effects.ToArray().Select(Said), after.Effects.ToArray().Select(Said));
            }

            Assert.Equal(DecodeStatus.Decoded, after.Nodes[0].Status);
        }

        Assert.True(_merged.ContractCount > _shipped.ContractCount);
    }

    [Fact]
    public async Task An_import_is_the_same_each_time_and_adds_nothing_the_second_time()
    {
        await ImportAsync("again.json");
        var twice = await CliRun.InProcessAsync("registry", "import", _scratch["descriptors"], "--into", _scratch["merged.json"], "--out", _scratch["twice.json"], "--json");

        Assert.Equal(await File.ReadAllBytesAsync(_scratch["merged.json"], TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(_scratch["again.json"], TestContext.Current.CancellationToken));
        Assert.Equal((0, 0), ((int)twice.Json["functions"]!, (int)twice.Json["contracts"]!));
        Assert.Equal((string)twice.Json["version"]!, RegistryFile.Read(_scratch["merged.json"]).Registry.ContentHash.ToString());
    }

    private async Task<ContractRegistry> ImportAsync(string file, params string[] options)
    {
        var run = await CliRun.InProcessAsync(["registry", "import", _scratch["descriptors"], "--out", _scratch[file], .. options]);
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        return RegistryFile.Read(_scratch[file]).Registry;
    }

    /// <summary>The symbol of a token, as the shipped registry names it.</summary>
    private string? SymbolOf(ChainId chain, Address? token) =>
        token is { IsZero: true } ? "ETH"
        : token == _shipped.WrappedEther(chain) ? "WETH"
        : token is { } address && _shipped.Find(new ContractKey(chain, address), new BlockNumber(ulong.MaxValue)) is { Kind: "token" } contract ? contract.Name
        : null;

    /// <summary>As a wallet shows it: without zeros at the end.</summary>
    private static string Text(UInt256 value, int decimals)
    {
        string digits = value.ToString().PadLeft(decimals + 1, '0');
        string part = digits[^decimals..].TrimEnd('0');
        return decimals == 0 ? digits : part.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{part}";
    }
}
