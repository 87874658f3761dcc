using Mempulse.Features.Pools.Curve;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Curve's stable pools in five versions: get_dy and exchange of the deployed pools, with the storage that their getters read.</summary>
public sealed class StableFamily : PoolFamily
{
    private const string Code = "curve-code.json.zst";

    private static readonly StableVersion[] s_versions =
    [
        new("curve-susd", StableRules.First, [18, 6, 6, 18], "int128", 5_000_000_000),
        new("curve-3pool", StableRules.ThreePool, [18, 6, 6], "uint256", 10_000_000_000),
        new("curve-aave", StableRules.Aave, [18, 6, 6], "uint256", 10_000_000_000),
        new("curve-seth", StableRules.Plain, [18, 18], "uint256", 10_000_000_000),
        new("curve-crvusd-plain", StableRules.CrvUsd, [6, 18], "uint256", 5_000_000_000),
    ];

    private readonly StableContract[] _contracts;

    public StableFamily()
    {
        var code = DeployedCode.Read(Code);
        _contracts = [.. s_versions.Select(version => new StableContract(code, version))];
    }

    /// <inheritdoc/>
    public override string Name => "Curve stable";

    /// <inheritdoc/>
    protected override (bool IsFilled, string? Difference) Compare(PoolRandom random)
    {
        var contract = _contracts[random.Below(_contracts.Length)];
        var pool = Pool(random, contract.Version);
        int tokenIn = random.Below(pool.TokenCount);
        int tokenOut = (tokenIn + random.Between(1, pool.TokenCount - 1)) % pool.TokenCount;
        var amount = random.OneIn(50) ? UInt256.Zero : random.OneIn(10) ? random.Number(1, 110) : random.Below(pool.Balances[tokenIn]);
        contract.Store(pool);
        var view = contract.View(tokenIn, tokenOut, amount);
        var quoted = pool.QuoteView(tokenIn, tokenOut, amount);
        string given = $"{contract.Version.Name}: {amount} of {tokenIn} for {tokenOut} from {string.Join(", ", pool.Balances)}, A {pool.Amplification}, {pool.Fees}: {quoted}";
        if (view.IsSuccess != quoted.IsFilled || (view.IsSuccess && view.Word(0) != quoted.AmountOut))
        {
            return (view.IsSuccess, $"{given}, but get_dy {(view.IsSuccess ? $"says {view.Word(0)}" : "reverts")}");
        }

        var (swap, after) = pool.SwapExactInput(tokenIn, tokenOut, amount);
        var exchanged = contract.Exchange(tokenIn, tokenOut, amount);
        if (exchanged.IsSuccess != swap.IsFilled)
        {
            return (exchanged.IsSuccess, $"{given}, swap {swap}, but exchange {(exchanged.IsSuccess ? "does not revert" : "reverts")}");
        }

        var next = (StablePool)after;
        bool isSame = !exchanged.IsSuccess || (contract.BalanceAfter(pool, tokenIn, amount, UInt256.Zero) == next.Balances[tokenIn]
            && contract.BalanceAfter(pool, tokenOut, UInt256.Zero, swap.AmountOut) == next.Balances[tokenOut]
            && (exchanged.Output.IsEmpty || exchanged.Word(0) == swap.AmountOut));
        return (exchanged.IsSuccess, isSame ? null : $"{given}, swap {swap}, next {string.Join(", ", next.Balances)}, but exchange leaves {contract.BalanceAfter(pool, tokenIn, amount, UInt256.Zero)} and {contract.BalanceAfter(pool, tokenOut, UInt256.Zero, swap.AmountOut)}");
    }

    private static StablePool Pool(PoolRandom random, StableVersion version)
    {
        var value = random.Number(10, 34);
        var balances = version.Decimals.Select(decimals => Scale(value * (ulong)random.Between(1, random.OneIn(4) ? 1_000_000 : 100), decimals)).ToArray();
        var rates = version.Decimals.Select(static decimals => Scale(1, 36 - decimals)).ToArray();
        UInt256 amplification = (ulong)random.Between(1, random.OneIn(2) ? 20_000 : 500) * version.Rules.AmplificationPrecision;
        ulong multiplier = version.HasOffPegFee && !random.OneIn(5) ? (ulong)random.Between(1, 10) * StableFees.Whole : 0;
        var fees = new StableFees((ulong)random.Between(0, random.OneIn(4) ? 500_000_000 : 40_000_000), multiplier, (ulong)random.Between(0, 10) * version.MostProtocolFee / 10);
        return new StablePool(balances, rates, amplification, version.IsHalfProtocol ? fees with { Protocol = StableFees.Whole / 2 } : fees, version.Rules);
    }

    private static UInt256 Scale(UInt256 amount, int decimals)
    {
        for (int i = 0; i < decimals; i++)
        {
            amount *= 10;
        }

        return amount;
    }
}
