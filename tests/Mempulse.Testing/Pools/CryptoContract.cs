using Mempulse.Features.Pools.Curve;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>A deployed crypto pool of Curve in a scene of its own. Its slots are found by calling its getters and noting what they read.</summary>
internal sealed class CryptoContract
{
    private const int FieldBits = 64;
    private const int HalfBits = 128;

    private readonly ContractScene _scene = new();
    private readonly Address _pool;
    private readonly UInt256[] _balances;
    private readonly UInt256 _invariant;
    private readonly UInt256 _priceScale;
    private readonly UInt256 _parameters;
    private readonly UInt256 _timestamp;
    private readonly UInt256[] _fees;
    private readonly UInt256? _precisions;

    public CryptoContract(DeployedCode code, string name, CryptoRules rules)
    {
        Rules = rules;
        _pool = code.Put(_scene, name);
        code.Put(_scene, $"{name}-math");
        for (int i = 0; i < CryptoPoolTokens; i++)
        {
            _scene.Put(Token(_scene.Call(_pool, CallData.Of("coins(uint256)").Add((ulong)i).ToArray())), ProbeCode.Yes);
        }

        _balances = [.. Enumerable.Range(0, CryptoPoolTokens).Select(index => SlotOf(CallData.Of("balances(uint256)").Add((ulong)index)))];
        _invariant = SlotOf(CallData.Of("D()"));
        _priceScale = SlotOf(CallData.Of("price_scale(uint256)").Add(0));
        _parameters = SlotOf(CallData.Of("future_A_gamma()"));
        _timestamp = SlotOf(CallData.Of("last_prices_timestamp()"));
        _fees = [SlotOf(CallData.Of("mid_fee()")), SlotOf(CallData.Of("out_fee()")), SlotOf(CallData.Of("fee_gamma()"))];
        if (rules == CryptoRules.Cubic)
        {
            _precisions = SlotOf(CallData.Of("precisions()"));
        }
        else
        {
            _scene.Put(Token(_scene.Call(_pool, CallData.Of("token()").ToArray())), ProbeCode.Yes);
        }
    }

    /// <summary>The version.</summary>
    public CryptoRules Rules { get; }

    private static int CryptoPoolTokens => 3;

    /// <summary>Writes a pool into the contract's storage. No virtual price is kept, so the price scale stays.</summary>
    public void Store(CryptoPool pool)
    {
        _scene.ClearStorage();
        for (int i = 0; i < _balances.Length; i++)
        {
            _scene.Set(_pool, _balances[i], pool.Balances[i]);
        }

        _scene.Set(_pool, _invariant, pool.Invariant);
        _scene.Set(_pool, _priceScale, Packed(HalfBits, pool.PriceScale[1], pool.PriceScale[0]));
        _scene.Set(_pool, _parameters, Packed(HalfBits, pool.Amplification, pool.Gamma));
        _scene.Set(_pool, _timestamp, ContractScene.Timestamp);
        if (_precisions is { } slot)
        {
            _scene.Set(_pool, slot, Packed(FieldBits, [.. pool.Precisions]));
            _scene.Set(_pool, _fees[0], Packed(FieldBits, pool.Fees.Mid, pool.Fees.Out, pool.Fees.Gamma));
        }
        else
        {
            _scene.Set(_pool, _fees[0], pool.Fees.Mid);
            _scene.Set(_pool, _fees[1], pool.Fees.Out);
            _scene.Set(_pool, _fees[2], pool.Fees.Gamma);
        }
    }

    /// <summary>Calls exchange.</summary>
    public CallResult Exchange(int tokenIn, int tokenOut, UInt256 amount) =>
        _scene.Call(_pool, CallData.Of("exchange(uint256,uint256,uint256,uint256)").Add((ulong)tokenIn).Add((ulong)tokenOut).Add(amount).Add(0).ToArray());

    /// <summary>Both balances and the invariant after the last exchange.</summary>
    public (UInt256 Received, UInt256 Sent, UInt256 Invariant) After(int tokenIn, int tokenOut) =>
        (_scene.After(_pool, _balances[tokenIn]), _scene.After(_pool, _balances[tokenOut]), _scene.After(_pool, _invariant));

    private UInt256 SlotOf(CallData getter)
    {
        var result = _scene.Call(_pool, getter.ToArray());
        return result.IsSuccess && _scene.SlotsRead.Count > 0 ? _scene.SlotsRead[^1].Slot : throw new InvalidDataException("A getter of the pool does not read a slot.");
    }

    private static Address Token(CallResult result) => new(result.Output.Span[(UInt256.Size - Address.Size)..]);

    /// <summary>Fields in one word, the last in the lowest bits.</summary>
    private static UInt256 Packed(int bits, params ReadOnlySpan<UInt256> fields)
    {
        var word = UInt256.Zero;
        foreach (var field in fields)
        {
            UInt256.ShiftLeft(word, bits, out word);
            word += field;
        }

        return word;
    }
}
