using Mempulse.Features.Pools.Curve;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>A deployed stable pool of Curve in a scene of its own. Its slots are found by calling its getters and noting what they read.</summary>
internal sealed class StableContract
{
    private readonly ContractScene _scene = new();
    private readonly Address _pool;
    private readonly Address[] _tokens;
    private readonly UInt256[] _balances;
    private readonly UInt256[] _coins;
    private readonly UInt256[] _rates = [];
    private readonly UInt256 _amplification;
    private readonly UInt256 _fee;
    private readonly UInt256? _protocolFee;
    private readonly UInt256? _offPeg;
    private readonly UInt256? _averagingTime;

    public StableContract(DeployedCode code, StableVersion version)
    {
        Version = version;
        _pool = code.Put(_scene, version.Name);
        _tokens = [.. version.Decimals.Select(static (_, index) => Address.Parse($"0x00000000000000000000000000000000000a0{index}00"))];
        foreach (var token in _tokens)
        {
            _scene.Put(token, ProbeCode.Till);
        }

        _balances = [.. version.Decimals.Select((_, index) => SlotOf(CallData.Of($"{(version.AsksTokens ? "admin_balances" : "balances")}({version.Index})").Add((ulong)index)))];
        _coins = [.. version.Decimals.Select((_, index) => SlotOf(CallData.Of($"coins({version.Index})").Add((ulong)index)))];
        _amplification = SlotOf(CallData.Of(version.Rules == StableRules.First ? "A()" : "future_A()"));
        _fee = SlotOf(CallData.Of("fee()"));
        _protocolFee = version.IsHalfProtocol ? null : SlotOf(CallData.Of("admin_fee()"));
        _offPeg = version.HasOffPegFee ? SlotOf(CallData.Of("offpeg_fee_multiplier()")) : null;
        if (version.IsHalfProtocol)
        {
            _rates = FindRates();
            _averagingTime = SlotOf(CallData.Of("ma_exp_time()"));
        }
    }

    /// <summary>The version.</summary>
    public StableVersion Version { get; }

    /// <summary>Writes a pool into the contract's storage.</summary>
    public void Store(StablePool pool)
    {
        _scene.ClearStorage();
        for (int i = 0; i < _tokens.Length; i++)
        {
            _scene.Set(_pool, _coins[i], CallData.Word(_tokens[i]));
            _scene.Set(_tokens[i], 0, pool.Balances[i]);
            if (!Version.AsksTokens)
            {
                _scene.Set(_pool, _balances[i], pool.Balances[i]);
            }
        }

        for (int i = 0; i < _rates.Length; i++)
        {
            _scene.Set(_pool, _rates[i], pool.Rates[i]);
        }

        _scene.Set(_pool, _amplification, pool.Amplification);
        _scene.Set(_pool, _fee, pool.Fees.Base);
        SetIfKept(_protocolFee, pool.Fees.Protocol);
        SetIfKept(_offPeg, pool.Fees.OffPegMultiplier);
        SetIfKept(_averagingTime, 866); // its price oracle divides by it
    }

    /// <summary>Calls get_dy.</summary>
    public CallResult View(int tokenIn, int tokenOut, UInt256 amount) =>
        _scene.Call(_pool, CallData.Of("get_dy(int128,int128,uint256)").Add((ulong)tokenIn).Add((ulong)tokenOut).Add(amount).ToArray());

    /// <summary>Calls exchange.</summary>
    public CallResult Exchange(int tokenIn, int tokenOut, UInt256 amount) =>
        _scene.Call(_pool, CallData.Of("exchange(int128,int128,uint256,uint256)").Add((ulong)tokenIn).Add((ulong)tokenOut).Add(amount).Add(0).ToArray());

    /// <summary>A balance after the last exchange. A pool that asks its tokens has what they say, without what it sent, less its own share.</summary>
    public UInt256 BalanceAfter(StablePool pool, int token, UInt256 received, UInt256 sent)
    {
        var kept = _scene.After(_pool, _balances[token]);
        return Version.AsksTokens ? pool.Balances[token] + received - sent - kept : kept;
    }

    private void SetIfKept(UInt256? slot, UInt256 value)
    {
        if (slot is { } place)
        {
            _scene.Set(_pool, place, value);
        }
    }

    private UInt256 SlotOf(CallData getter)
    {
        var result = _scene.Call(_pool, getter.ToArray());
        return result.IsSuccess && _scene.SlotsRead.Count > 0 ? _scene.SlotsRead[^1].Slot : throw new InvalidDataException($"A getter of {Version.Name} does not read a slot.");
    }

    /// <summary>The rates have no getter: they are what a view reads first besides what is known.</summary>
    private UInt256[] FindRates()
    {
        View(0, 1, 1);
        UInt256[] known = [.. _balances, .. _coins, _amplification, _fee];
        return [.. _scene.SlotsRead.Where(read => read.Address == _pool && !known.Contains(read.Slot)).Select(static read => read.Slot).Distinct().Take(_tokens.Length)];
    }
}
