using System.Globalization;
using System.Text.Json;
using Mempulse.Features.Pools.Ticks;

namespace Mempulse.Features.Tests.Pools.Ticks;

/// <summary>Pools of ticks in vectors.</summary>
internal static class TickVectors
{
    public static TickPool Pool(JsonElement pool, TickFees fees, TickRules rules)
    {
        var ticks = pool.GetProperty("ticks").EnumerateObject().Select(static tick => KeyValuePair.Create(
            int.Parse(tick.Name, CultureInfo.InvariantCulture), Int128.Parse(tick.Value.GetString()!, CultureInfo.InvariantCulture)));
        var state = new TickState(MevVectors.Number(pool, "sqrtPriceX96"), pool.GetProperty("tick").GetInt32(), MevVectors.Number(pool, "liquidity"));
        return new TickPool(TickTable.Whole(pool.GetProperty("tickSpacing").GetInt32(), ticks), state, fees, rules);
    }
}
