using Mempulse.Features.Pools.Balancer;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Balancer's stable pools of 2021 and composable stable pools of 2023: what the pool answers to the vault.</summary>
public sealed class BalancerStableFamily : PoolFamily
{
    private const int Pools = 24;
    private const ulong One = 1_000_000_000_000_000_000;
    private const ulong Year = 31_536_000;
    private const string First = "balancer-stable-v1";
    private const string Composable = "balancer-composable-stable-v3";

    private static readonly int[] s_decimals = [6, 18];

    private readonly BalancerScene _scene = new();
    private readonly (Address Contract, Address[] Tokens, BalancerStablePool Pool)[] _pools;

    public BalancerStableFamily()
    {
        var random = new PoolRandom(43);
        _pools = [.. Enumerable.Range(0, Pools).Select(index => index % 2 == 0 ? DeployFirst(random) : DeployComposable(random))];
    }

    /// <inheritdoc/>
    public override string Name => "Balancer stable";

    /// <inheritdoc/>
    protected override (bool IsFilled, string? Difference) Compare(PoolRandom random)
    {
        var (contract, tokens, empty) = _pools[random.Below(_pools.Length)];
        var value = random.Number(10, 34);
        var pool = empty with { Balances = [.. empty.Scales.Select(scale => Balance(random, value, scale))] };
        int tokenIn = random.Below(tokens.Length);
        int tokenOut = (tokenIn + random.Between(1, tokens.Length - 1)) % tokens.Length;
        bool isGivenIn = random.OneIn(2);
        UInt256.ShiftRight(pool.Balances[isGivenIn ? tokenIn : tokenOut], random.Between(1, 40), out var amount);
        amount = random.OneIn(20) ? random.Number(1, 112) : amount + random.Below(amount + UInt256.One) + UInt256.One;
        var quote = isGivenIn ? pool.QuoteExactInput(tokenIn, tokenOut, amount) : pool.QuoteExactOutput(tokenIn, tokenOut, amount);
        var answer = Ask(contract, tokens, pool, isGivenIn, tokenIn, tokenOut, amount);
        return BalancerAnswer.Compare(quote, answer, isGivenIn, () => $"{pool.Rounding}: {amount} of {tokenIn} for {tokenOut} from {string.Join(", ", pool.Balances)}, scales {string.Join(", ", pool.Scales)}, A {pool.Amplification}, fee {pool.Fee}");
    }

    /// <summary>A composable pool has its own token among the others, in the order of addresses.</summary>
    private CallResult Ask(Address contract, Address[] tokens, BalancerStablePool pool, bool isGivenIn, int tokenIn, int tokenOut, UInt256 amount)
    {
        if (pool.Rounding == InvariantRounding.Up)
        {
            return _scene.Swap(contract, isGivenIn, tokens, tokenIn, tokenOut, amount, [.. pool.Balances]);
        }

        int place = tokens.Count(token => token.CompareTo(contract) < 0);
        Address[] all = [.. tokens[..place], contract, .. tokens[place..]];
        UInt256[] balances = [.. pool.Balances.Take(place), new UInt256(0, 1UL << 47, 0, 0), .. pool.Balances.Skip(place)];
        return _scene.Swap(contract, isGivenIn, all, tokenIn + (tokenIn >= place ? 1 : 0), tokenOut + (tokenOut >= place ? 1 : 0), amount, balances);
    }

    private (Address Contract, Address[] Tokens, BalancerStablePool Pool) DeployFirst(PoolRandom random)
    {
        var (tokens, decimals) = Tokens(random);
        UInt256 amplification = (ulong)random.Between(1, random.OneIn(2) ? 5_000 : 200);
        var fee = Fee(random);
        var contract = _scene.Deploy(First, (vault, _, owner, time) => new ArgumentWords()
            .Add(vault).Add("pool").Add("POOL").Add(Words(tokens)).Add(amplification).Add(fee).Add(time).Add(time).Add(owner).ToArray());
        return (contract, tokens, new BalancerStablePool([], [.. decimals.Select(static places => Power(36 - places))], amplification * 1_000, fee, InvariantRounding.Up));
    }

    private (Address Contract, Address[] Tokens, BalancerStablePool Pool) DeployComposable(PoolRandom random)
    {
        var (tokens, decimals) = Tokens(random);
        UInt256 amplification = (ulong)random.Between(1, random.OneIn(2) ? 5_000 : 200);
        var fee = Fee(random);
        UInt256[] rates = [.. tokens.Select(_ => random.OneIn(2) ? (UInt256)One : (ulong)random.Between(1_000_000, 1_400_000) * (One / 1_000_000))];
        UInt256[] providers = [.. rates.Select((rate, index) => CallData.Word(_scene.RateProvider(index, rate)))];
        UInt256[] durations = [.. rates.Select(static _ => (UInt256)Year)];
        var contract = _scene.Deploy(Composable, (vault, fees, owner, time) => new ArgumentWords().Add(new ArgumentWords()
            .Add(vault).Add(fees).Add("pool").Add("POOL").Add(Words(tokens)).Add(providers).Add(durations).Add(new UInt256[tokens.Length])
            .Add(amplification).Add(fee).Add(time).Add(time).Add(owner).Add("1")).ToArray());
        UInt256[] scales = [.. decimals.Select((places, index) => Rated(Power(36 - places), rates[index]))];
        return (contract, tokens, new BalancerStablePool([], scales, amplification * 1_000, fee, InvariantRounding.Down));
    }

    private (Address[] Tokens, int[] Decimals) Tokens(PoolRandom random)
    {
        int[] decimals = [.. Enumerable.Range(0, random.Between(2, 4)).Select(_ => s_decimals[random.Below(s_decimals.Length)]).Order()];
        return ([.. decimals.Select((places, index) => _scene.Token(index, places))], decimals);
    }

    private static UInt256 Balance(PoolRandom random, UInt256 value, UInt256 scale)
    {
        // The same value of each token within a factor, in the token's own decimals.
        UInt256.TryMultiplyDivide(value * (ulong)random.Between(1, random.OneIn(4) ? 10_000 : 50), Power(36), scale, out var balance, out _);
        return balance + UInt256.One;
    }

    private static UInt256 Fee(PoolRandom random) => (ulong)random.Between(1, 1_000) * (One / 100_000);

    private static UInt256 Rated(UInt256 scale, UInt256 rate)
    {
        UInt256.TryMultiplyDivide(scale, rate, One, out var rated, out _);
        return rated;
    }

    private static UInt256[] Words(Address[] addresses) => [.. addresses.Select(CallData.Word)];

    private static UInt256 Power(int exponent)
    {
        UInt256 power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
