using Mempulse.Features.Pools.Curve;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Curve's tricrypto2 and tricrypto-ng: the balances and the invariant that exchange leaves, while the pool does not move its price scale.</summary>
public sealed class CryptoFamily : PoolFamily
{
    private const ulong One = 1_000_000_000_000_000_000;

    private readonly CryptoContract[] _contracts;

    public CryptoFamily()
    {
        var code = DeployedCode.Read("curve-code.json.zst");
        _contracts = [new CryptoContract(code, "curve-tricrypto2", CryptoRules.Newton), new CryptoContract(code, "curve-tricrypto-ng", CryptoRules.Cubic)];
    }

    /// <inheritdoc/>
    public override string Name => "Curve crypto";

    /// <inheritdoc/>
    protected override (bool IsFilled, string? Difference) Compare(PoolRandom random)
    {
        var contract = _contracts[random.Below(_contracts.Length)];
        var pool = Pool(random, contract.Rules);
        int tokenIn = random.Below(3);
        int tokenOut = (tokenIn + random.Between(1, 2)) % 3;
        UInt256.ShiftRight(pool.Balances[tokenIn], random.Between(1, 24), out var amount);
        amount = random.OneIn(20) ? random.Number(1, 90) : amount + random.Below(amount + UInt256.One);
        contract.Store(pool);
        var (quote, after) = pool.SwapExactInput(tokenIn, tokenOut, amount);
        var next = (CryptoPool)after;
        var exchanged = contract.Exchange(tokenIn, tokenOut, amount);
        string given = $"{contract.Rules}: {amount} of {tokenIn} for {tokenOut} from {string.Join(", ", pool.Balances)}, scale {string.Join(", ", pool.PriceScale)}, D {pool.Invariant}, A {pool.Amplification}, gamma {pool.Gamma}, {pool.Fees}: {quote}";
        if (exchanged.IsSuccess != quote.IsFilled)
        {
            return (exchanged.IsSuccess, $"{given}, but exchange {(exchanged.IsSuccess ? "does not revert" : $"reverts with 0x{Convert.ToHexStringLower(exchanged.Output.Span)}")}");
        }

        var (received, sent, invariant) = contract.After(tokenIn, tokenOut);
        bool isSame = !exchanged.IsSuccess || (received == next.Balances[tokenIn] && sent == next.Balances[tokenOut] && invariant == next.Invariant);
        return (exchanged.IsSuccess, isSame ? null : $"{given}, then {string.Join(", ", next.Balances)} and {next.Invariant}, but exchange leaves {received}, {sent} and {invariant}");
    }

    private static CryptoPool Pool(PoolRandom random, CryptoRules rules)
    {
        UInt256[] prices = [random.Number(64, 80), random.Number(60, 76)];
        UInt256[] precisions = [1_000_000_000_000, 10_000_000_000, 1];
        var value = random.Number(70, 96);
        UInt256[] balances = [.. precisions.Select((precision, index) => Balance(random, value, precision, index == 0 ? One : prices[index - 1]))];
        var fees = new CryptoFees((ulong)random.Between(0, 30_000_000), (ulong)random.Between(30_000_000, 100_000_000), random.OneIn(20) ? 0 : random.Number(40, 58));
        UInt256 amplification = (ulong)random.Between(2_700, 27_000_000);
        var gamma = (UInt256)(ulong)random.Between(10, random.OneIn(3) ? 50_000_000 : 100_000) * 1_000_000_000;
        var pool = new CryptoPool(balances, precisions, prices, UInt256.Zero, amplification, gamma, fees, rules);
        return pool with { Invariant = pool.CurrentInvariant() };
    }

    private static UInt256 Balance(PoolRandom random, UInt256 value, UInt256 precision, UInt256 price)
    {
        UInt256.TryMultiplyDivide(value * (ulong)random.Between(60, random.OneIn(5) ? 2_000 : 160), One, price, out var balance, out _);
        UInt256.Divide(balance, precision * 100, out balance);
        return balance + UInt256.One;
    }
}
