using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Testing.Processes;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;
using Mempulse.Testing.Anvil;
using Mempulse.Testing.Contracts;

namespace Mempulse.EndToEnd.Tests;

/// <summary>
/// A lending market on a real node: read with proofs when it emits an event, with prices that its oracle computes; a report leaves a borrower without enough collateral.
/// The contracts have the storage layout of Aave V3 and no logic: a test tells them which events to emit, and they return what it stored.
/// </summary>
public sealed class LendingMarketTests
{
    private const ulong Ether = 1_000_000_000_000_000_000;
    private const ulong Dollar = 1_000_000;
    private const ulong BaseUnit = 100_000_000;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private static readonly Address s_pool = At(1);
    private static readonly Address s_oracle = At(2);
    private static readonly Address s_feed = At(3);
    private static readonly Address s_dollar = At(20);
    private static readonly Address s_etherSupply = At(5);
    private static readonly Address s_etherDebt = At(6);
    private static readonly Address s_dollarSupply = At(7);
    private static readonly Address s_dollarDebt = At(8);
    private static readonly Address s_borrower = At(9);
    private static readonly Address s_source = At(10);

    /// <summary>Emits an event without data whose three topics are the words of the calldata.</summary>
    private static readonly byte[] s_emitter = [0x60, 0x40, 0x35, 0x60, 0x20, 0x35, 0x5f, 0x35, 0x5f, 0x5f, 0xa3, 0x00];

    /// <summary>Answers with slot 0.</summary>
    private static readonly byte[] s_answer = [0x5f, 0x54, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3];

    private ulong _nonce;

    [Fact]
    public async Task A_borrower_is_read_with_its_market_and_a_pending_report_makes_it_an_opportunity()
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        await using (var chain = await UniswapChain.StartAsync(stop))
        {
            await StoreAsync(chain, stop);
            string registry = Path.Combine(data.Path, "registry.json");
            await File.WriteAllTextAsync(registry, RegistryOf(chain, await Checkout.RegistryAsync(stop)), stop);
            await using var node = await NodeProcess.StartAsync(
                [KeyValuePair.Create("Mempulse__Rules__Registry", registry), KeyValuePair.Create("Mempulse__Book__Interval", "0:00:00.05")],
                stop, "--rpc", chain.Node.WebSocketAddress, "--data", data.Path);
            await node.WaitUntilAsync("/status", static status => status.GetProperty("fold").GetProperty("headNumber").ValueKind == JsonValueKind.Number, s_limit, stop);

            await SendAsync(chain, s_pool, [.. Keccak256.Hash("Borrow(address,address,address,uint256,uint8,uint256,uint16)"u8).ToArray(), .. UniswapChain.Word(s_dollar), .. UniswapChain.Word(s_borrower)], stop);
            await chain.Node.CallAsync("evm_mine", stop);
            await node.WaitUntilAsync("/status", static status => status.GetProperty("fold") is var fold && fold.GetProperty("marketsHeld").GetInt32() == 1 && fold.GetProperty("borrowersHeld").GetInt32() == 1, s_limit, stop);
            var read = PayloadsOf(await node.WaitUntilAsync("/events?types=MarketObserved&limit=10", static body => body.GetProperty("events").GetArrayLength() == 2, s_limit, stop));
            Assert.All(read, static fact => Assert.True(fact.GetProperty("proven").GetBoolean()));
            var market = read.Single(static fact => fact.GetProperty("account").GetString() == Address.Zero.ToString());
            Assert.Equal(
                [(chain.Weth.ToString(), "200000000000", s_feed.ToString()), (s_dollar.ToString(), "100000000", Address.Zero.ToString())],
                market.GetProperty("prices").EnumerateArray().Select(static price => (Text(price, "token"), Text(price, "price"), Text(price, "feed"))));

            await SendAsync(chain, s_feed, Report((UInt256)1_800 * BaseUnit), stop);
            var found = await node.WaitUntilAsync("/opps?status=open&strategy=liquidation-watch", static opps => opps.GetProperty("opportunities").GetArrayLength() == 1, s_limit, stop);
            var opp = found.GetProperty("opportunities")[0];
            var leg = opp.GetProperty("legs")[0];
            Assert.Equal(("Liquidation", false, s_pool.ToString(), s_dollar.ToString(), chain.Weth.ToString(), "7500000000"), (Text(opp, "purpose"), opp.GetProperty("handedOn").GetBoolean(), Text(leg, "pool"), Text(leg, "tokenIn"), Text(leg, "tokenOut"), Text(leg, "amountIn")));
            var one = await node.WaitUntilAsync($"/opps/{Text(opp, "id")}", static _ => true, s_limit, stop);
            Assert.Contains("It is not simulated: simulations exchange in pools alone.", one.GetProperty("explanation").EnumerateArray().Select(static sentence => sentence.GetString()));

            // Storage that changes without an event: the next block's sample differs, and the borrower is read anew.
            await StoreAsync(chain, s_dollarDebt, CallData.Slot(CallData.Word(s_borrower), 56), (UInt256)7_000 * Dollar, stop);
            await chain.Node.CallAsync("evm_mine", stop);
            var diverged = PayloadsOf(await node.WaitUntilAsync("/events?types=StateDivergence&limit=10", static body => body.GetProperty("events").GetArrayLength() == 1, s_limit, stop))[0];
            Assert.Equal((s_pool.ToString(), "StorageMutated", "7000000000", "15000000000"), (Text(diverged, "contract"), Text(diverged, "cause"), Text(diverged, "value"), Text(diverged, "expected")));
            await node.WaitUntilAsync("/events?types=MarketObserved&limit=10", static body => body.GetProperty("events").GetArrayLength() == 3, s_limit, stop);
            await node.WaitUntilAsync("/opps?status=open&strategy=liquidation-watch", static opps => opps.GetProperty("opportunities").GetArrayLength() == 0, s_limit, stop);
            var health = await node.WaitUntilAsync("/health", static health => health.GetProperty("status").GetString() == "ok", s_limit, stop);
            Assert.Empty(health.GetProperty("chains")[0].GetProperty("problems").EnumerateArray());
            Assert.Equal(0, await node.StopAsync(stop));
        }

        string log = Path.GetDirectoryName(Directory.EnumerateFiles(data.Path, "*.wal", SearchOption.AllDirectories).First())!;
        var replay = await CommandLine.MempulseAsync(stop, "replay", log, "--check");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Error);
    }

    private static string RegistryOf(UniswapChain chain, string shipped)
    {
        var registry = JsonNode.Parse(ChainRegistry.Of(chain, shipped))!;
        registry["markets"] = new JsonArray(new JsonObject { ["name"] = "Market", ["protocol"] = "aave-v3", ["form"] = "aave-v3", ["address"] = s_pool.ToString(), ["oracle"] = s_oracle.ToString() });
        return registry.ToJsonString();
    }

    /// <summary>Ether at 2,000 dollars, and a borrower of 15,000 dollars with ten ether.</summary>
    private static async Task StoreAsync(UniswapChain chain, CancellationToken stop)
    {
        await CodeAsync(chain, s_pool, s_emitter, stop);
        await CodeAsync(chain, s_oracle, OracleCode, stop);
        await CodeAsync(chain, s_feed, s_answer, stop);
        await StoreAsync(chain, s_feed, 0, (UInt256)2_000 * BaseUnit, stop);
        await StoreAsync(chain, s_oracle, CallData.Word(chain.Weth), (UInt256)2_000 * BaseUnit, stop);
        await StoreAsync(chain, s_oracle, CallData.Word(chain.Weth) + 1, CallData.Word(s_source), stop);
        await StoreAsync(chain, s_oracle, CallData.Word(s_dollar), BaseUnit, stop);
        await CodeAsync(chain, s_source, s_answer, stop);
        await StoreAsync(chain, s_source, 0, CallData.Word(s_feed), stop);

        await StoreAsync(chain, s_pool, 0, 11, stop);
        await StoreAsync(chain, s_pool, 59, new UInt256(0, 2, 0, 0), stop);
        await ReserveAsync(chain, 0, chain.Weth, s_etherSupply, s_etherDebt, 18, 8_000, stop);
        await ReserveAsync(chain, 1, s_dollar, s_dollarSupply, s_dollarDebt, 6, 7_500, stop);
        await StoreAsync(chain, s_pool, CallData.Slot(CallData.Word(s_borrower), 53), 0b0110, stop); // the first as collateral, the second as debt
        await StoreAsync(chain, s_etherSupply, CallData.Slot(CallData.Word(s_borrower), 52), (UInt256)10 * Ether, stop);
        await StoreAsync(chain, s_dollarDebt, CallData.Slot(CallData.Word(s_borrower), 56), (UInt256)15_000 * Dollar, stop);
    }

    private static async Task ReserveAsync(UniswapChain chain, ulong place, Address token, Address supply, Address debt, ulong decimals, ulong threshold, CancellationToken stop)
    {
        var ray = (UInt256)Ether * 1_000_000_000;
        var first = CallData.Slot(CallData.Word(token), 52);
        UInt256.ShiftLeft(1, 252, out var isVirtual);
        UInt256.ShiftLeft(place, 168, out var atPlace);
        await StoreAsync(chain, s_pool, CallData.Slot(place, 54), CallData.Word(token), stop);
        await StoreAsync(chain, s_pool, first, (threshold << 16) + (10_500UL << 32) + (decimals << 48) + (1UL << 56) + isVirtual, stop);
        await StoreAsync(chain, s_pool, first + 1, ray, stop);
        await StoreAsync(chain, s_pool, first + 2, ray, stop);
        await StoreAsync(chain, s_pool, first + 3, atPlace, stop);
        await StoreAsync(chain, s_pool, first + 4, CallData.Word(supply), stop);
        await StoreAsync(chain, s_pool, first + 6, CallData.Word(debt), stop);
    }

    /// <summary>Answers with the slot that the token is; where the source of a price is asked for, with the slot after it.</summary>
    private static byte[] OracleCode
    {
        get
        {
            byte source = UniswapChain.Data("getSourceOfAsset(address)")[0];
            return [0x5f, 0x35, 0x60, 0xf8, 0x1c, 0x60, source, 0x14, 0x60, 0x04, 0x35, 0x01, 0x54, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3]; // sload(token + (selector == source))
        }
    }

    private static byte[] Report(UInt256 answer)
    {
        byte[] report = CallData.Words().Add(1).Add(2).Add(96).Add(1).Add(answer).ToArray();
        return CallData.Of("transmit(bytes,bytes32[],bytes32[],bytes32)").Add(128).Add(0).Add(0).Add(0).AddBytes(report).ToArray();
    }

    private async Task SendAsync(UniswapChain chain, Address to, byte[] input, CancellationToken stop) =>
        await chain.Node.CallAsync("eth_sendRawTransaction", stop, "0x" + Convert.ToHexStringLower(chain.Sign(2, _nonce++, to, default, input, gas: 200_000)));

    private static async Task CodeAsync(UniswapChain chain, Address contract, byte[] code, CancellationToken stop) =>
        await chain.Node.CallAsync("anvil_setCode", stop, contract.ToString(), "0x" + Convert.ToHexStringLower(code));

    private static async Task StoreAsync(UniswapChain chain, Address contract, UInt256 slot, UInt256 value, CancellationToken stop) =>
        await chain.Node.CallAsync("anvil_setStorageAt", stop, contract.ToString(), Hex(slot), Hex(value));

    private static string Hex(UInt256 value) => "0x" + Convert.ToHexStringLower(UniswapChain.Word(value));

    private static Address At(byte last) => new([.. new byte[18], 0xa0, last]);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static List<JsonElement> PayloadsOf(JsonElement body) => [.. body.GetProperty("events").EnumerateArray().Select(static item => item.GetProperty("payload"))];
}
