using Mempulse.Features.Pools.Balancer;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Balancer's weighted pools in their first and third version: what the pool answers to the vault.</summary>
public sealed class WeightedFamily : PoolFamily
{
    private const int Pools = 24;
    private const ulong One = 1_000_000_000_000_000_000;
    private const string First = "balancer-weighted-v1";
    private const string Third = "balancer-weighted-v3";

    private static readonly int[] s_decimals = [6, 8, 18];

    private readonly BalancerScene _scene = new();
    private readonly (Address Contract, Address[] Tokens, WeightedPool Pool)[] _pools;

    public WeightedFamily()
    {
        var random = new PoolRandom(41);
        _pools = [.. Enumerable.Range(0, Pools).Select(index => Deploy(random, index % 2 == 0 ? First : Third))];
    }

    /// <inheritdoc/>
    public override string Name => "Balancer weighted";

    /// <inheritdoc/>
    protected override (bool IsFilled, string? Difference) Compare(PoolRandom random)
    {
        var (contract, tokens, empty) = _pools[random.Below(_pools.Length)];
        var pool = empty with { Balances = [.. empty.Scales.Select(scale => random.Number(20, 100))] };
        int tokenIn = random.Below(tokens.Length);
        int tokenOut = (tokenIn + random.Between(1, tokens.Length - 1)) % tokens.Length;
        bool isGivenIn = random.OneIn(2);
        UInt256.ShiftRight(pool.Balances[isGivenIn ? tokenIn : tokenOut], random.Between(1, 40), out var amount);
        amount = random.OneIn(20) ? random.Number(1, 112) : amount + random.Below(amount + UInt256.One) + UInt256.One;
        var quote = isGivenIn ? pool.QuoteExactInput(tokenIn, tokenOut, amount) : pool.QuoteExactOutput(tokenIn, tokenOut, amount);
        var answer = _scene.Swap(contract, isGivenIn, tokens[tokenIn], tokens[tokenOut], amount, pool.Balances[tokenIn], pool.Balances[tokenOut]);
        return BalancerAnswer.Compare(quote, answer, isGivenIn, () => $"{pool.Shortcut}: {amount} of {tokenIn} for {tokenOut} from {string.Join(", ", pool.Balances)}, weights {string.Join(", ", pool.Weights)}, fee {pool.Fee}");
    }

    private (Address Contract, Address[] Tokens, WeightedPool Pool) Deploy(PoolRandom random, string version)
    {
        int count = random.Between(2, 4);
        int[] decimals = [.. Enumerable.Range(0, count).Select(_ => s_decimals[random.Below(s_decimals.Length)]).Order()];
        Address[] tokens = [.. decimals.Select((places, index) => _scene.Token(index, places))];
        var weights = Weights(random, count);
        UInt256 fee = (ulong)random.Between(1, 1_000) * (One / 10_000);
        var contract = _scene.Deploy(version, (vault, fees, owner, time) => version == First
            ? new ArgumentWords().Add(vault).Add("pool").Add("POOL").Add(Words(tokens)).Add(weights).Add(fee).Add(time).Add(time).Add(owner).ToArray()
            : new ArgumentWords()
                .Add(new ArgumentWords().Add("pool").Add("POOL").Add(Words(tokens)).Add(weights).Add(Nothing(count)).Add(Nothing(count)).Add(fee))
                .Add(vault).Add(fees).Add(time).Add(time).Add(owner).Add("1").ToArray());
        UInt256[] scales = [.. decimals.Select(static places => Power(36 - places))];
        return (contract, tokens, new WeightedPool([], weights, scales, fee, version == First ? PowerShortcut.None : PowerShortcut.SmallWholes));
    }

    private static UInt256[] Weights(PoolRandom random, int count)
    {
        // Shares of a hundred, so that equal weights and small whole ratios occur.
        int rest = 100;
        var weights = new UInt256[count];
        for (int i = 0; i < count; i++)
        {
            int share = i == count - 1 ? rest : random.OneIn(2) ? rest / (count - i) : random.Between(2, rest - (2 * (count - i - 1)));
            weights[i] = (ulong)share * (One / 100);
            rest -= share;
        }

        return weights;
    }

    private static UInt256[] Words(Address[] addresses) => [.. addresses.Select(CallData.Word)];

    private static UInt256[] Nothing(int count) => new UInt256[count];

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
