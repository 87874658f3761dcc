using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Transactions;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Refusals;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;

namespace Mempulse.ChainState;

/// <summary>Asks a node which accounts and slots a bundle will access, so that they can be fetched in one batch: eth_createAccessList, or the prestate tracer.</summary>
/// <remarks>The answer only names state; every value is fetched and proven afterwards. Safe for any thread.</remarks>
internal sealed class AccessPrediction(RpcClient node, ISenderRecovery recovery)
{
    /// <summary>Maximum accounts of a prediction. A mainnet transaction accesses fewer than 300.</summary>
    private const int MaxAccounts = 1_024;

    /// <summary>Maximum slots of a prediction.</summary>
    private const int MaxSlots = 8_192;

    private volatile bool _hasNoAccessLists;
    private volatile bool _hasNoTracer;

    /// <summary>What the bundle will probably access: senders, recipients, the coinbase, and what the node predicts.</summary>
    public async Task<IReadOnlyList<AccountParts>> PredictAsync(SimRequest request, Hash256 block, CancellationToken cancellationToken)
    {
        var wanted = new Wanted();
        wanted.Add(request.Block.Coinbase);
        var calls = new List<SortedDictionary<string, string>>();
        var reader = new EvmTransactionReader(recovery, TransactionRules.AnyChain);
        foreach (var item in request.Transactions.Take(request.Limits.MaxTransactions))
        {
            if (reader.TryRead(item.Raw.Span, out var transaction, out _, out _))
            {
                wanted.Add(transaction!.Sender);
                wanted.Add(transaction.Recipient);
                calls.Add(CallOf(transaction));
            }
        }

        if (!await ByAccessListAsync(calls, block, wanted, cancellationToken).ConfigureAwait(false))
        {
            await ByTracerAsync(calls, block, wanted, cancellationToken).ConfigureAwait(false);
        }

        return wanted.ToParts();
    }

    private async Task<bool> ByAccessListAsync(List<SortedDictionary<string, string>> calls, Hash256 block, Wanted wanted, CancellationToken cancellationToken)
    {
        if (_hasNoAccessLists)
        {
            return false;
        }

        using var answers = await node.BatchAsync(
            [.. calls.Select(call => new RpcCall("eth_createAccessList", call, RpcParameters.AtBlock(block)))], cancellationToken).ConfigureAwait(false);
        _hasNoAccessLists = answers.Any(answer => answer.Refusal.Kind == RefusalKind.MethodNotSupported);
        foreach (var answer in answers.Where(answer => answer.HasResult && answer.Result.ValueKind == JsonValueKind.Object))
        {
            if (answer.Result.TryGetProperty("accessList", out var list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (var entry in list.EnumerateArray())
                {
                    AddEntry(wanted, entry);
                }
            }
        }

        return !_hasNoAccessLists;
    }

    private async Task ByTracerAsync(List<SortedDictionary<string, string>> calls, Hash256 block, Wanted wanted, CancellationToken cancellationToken)
    {
        if (_hasNoTracer)
        {
            return;
        }

        var tracer = new KeyValuePair<string, string>("tracer", "prestateTracer");
        using var answers = await node.BatchAsync(
            [.. calls.Select(call => new RpcCall("debug_traceCall", call, RpcParameters.AtBlock(block), tracer))], cancellationToken).ConfigureAwait(false);
        _hasNoTracer = answers.Any(answer => answer.Refusal.Kind == RefusalKind.MethodNotSupported);
        foreach (var answer in answers.Where(answer => answer.HasResult && answer.Result.ValueKind == JsonValueKind.Object))
        {
            foreach (var account in answer.Result.EnumerateObject())
            {
                if (Address.TryParse(account.Name, out var address))
                {
                    wanted.Add(address);
                    AddSlots(wanted, address, account.Value);
                }
            }
        }
    }

    private static void AddEntry(Wanted wanted, JsonElement entry)
    {
        if (entry.ValueKind == JsonValueKind.Object
            && entry.TryGetProperty("address", out var name) && name.ValueKind == JsonValueKind.String && Address.TryParse(name.GetString(), out var address))
        {
            wanted.Add(address);
            if (entry.TryGetProperty("storageKeys", out var keys) && keys.ValueKind == JsonValueKind.Array)
            {
                foreach (var key in keys.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.String))
                {
                    wanted.Add(address, key.GetString()!);
                }
            }
        }
    }

    private static void AddSlots(Wanted wanted, in Address address, JsonElement account)
    {
        if (account.ValueKind == JsonValueKind.Object && account.TryGetProperty("storage", out var storage) && storage.ValueKind == JsonValueKind.Object)
        {
            foreach (var slot in storage.EnumerateObject())
            {
                wanted.Add(address, slot.Name);
            }
        }
    }

    private static SortedDictionary<string, string> CallOf(EvmTransaction transaction)
    {
        var call = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["from"] = transaction.Sender.ToString(),
            ["gas"] = RpcHex.Quantity(transaction.GasLimit),
            ["value"] = "0x" + RpcParameters.Word(transaction.Value)[2..].TrimStart('0').PadLeft(1, '0'),
            ["input"] = "0x" + Convert.ToHexStringLower(transaction.Input.Span),
        };
        if (transaction.Recipient is { } recipient)
        {
            call["to"] = recipient.ToString();
        }

        return call;
    }

    /// <summary>The predicted accounts and slots, without duplicates and within the limits.</summary>
    private sealed class Wanted
    {
        private readonly SortedDictionary<Address, SortedSet<UInt256>> _slots = [];
        private int _count;

        public void Add(Address? address)
        {
            if (address is { } known && _slots.Count < MaxAccounts)
            {
                _slots.TryAdd(known, []);
            }
        }

        public void Add(in Address address, string slot)
        {
            if (_count < MaxSlots && UInt256.TryParse(slot, out var key) && _slots.TryGetValue(address, out var slots) && slots.Add(key))
            {
                _count++;
            }
        }

        public IReadOnlyList<AccountParts> ToParts() => [.. _slots.Select(entry => new AccountParts(entry.Key, [.. entry.Value]))];
    }
}
