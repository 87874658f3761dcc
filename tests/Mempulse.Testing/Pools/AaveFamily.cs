using Mempulse.Features.Liquidations.Aave;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;

namespace Mempulse.Testing.Pools;

/// <summary>Aave V3: what its liquidation library computes in v3.4, v3.6 and v3.7.</summary>
public sealed class AaveFamily : PoolFamily
{
    private const ulong Health = 900_000_000_000_000_000;

    private static readonly (string Name, AaveRounding Rounding)[] s_versions =
        [("aave-v3.4", AaveRounding.HalfUp), ("aave-v3.6", AaveRounding.DebtUp), ("aave-v3.7", AaveRounding.AgainstLiquidator)];

    private readonly ContractScene _scene = new();
    private readonly Address[] _libraries;

    public AaveFamily()
    {
        var code = DeployedCode.Read("aave-code.json.zst");
        _libraries = [.. s_versions.Select(static (_, index) => Address.Parse($"0x00000000000000000000000000000000000{index}aa00"))];
        for (int i = 0; i < _libraries.Length; i++)
        {
            _scene.Put(_libraries[i], code.CodeOf(s_versions[i].Name));
        }
    }

    /// <inheritdoc/>
    public override string Name => "Aave V3 liquidations";

    /// <inheritdoc/>
    protected override (bool IsFilled, string? Difference) Compare(PoolRandom random)
    {
        int version = random.Below(s_versions.Length);
        var debt = random.Number(1, random.OneIn(50) ? 250 : 90);
        var position = new AavePosition
        {
            CollateralBalance = random.Number(1, 90),
            ReserveDebt = debt,
            TotalDebtBase = debt,
            HealthFactor = Health,
            CollateralPrice = random.Number(10, 50),
            CollateralUnit = Unit(random),
            DebtPrice = random.Number(10, 50),
            DebtUnit = Unit(random),
            LiquidationBonus = (ulong)random.Between(10_000, 12_000),
            ProtocolFee = random.OneIn(4) ? 0 : (ulong)random.Between(1, 5_000),
        };
        var ours = AaveLiquidation.Of(position, debt, s_versions[version].Rounding);
        var theirs = _scene.Call(_libraries[version], CallData.Of("liquidate(uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256)")
            .Add(position.ProtocolFee).Add(position.CollateralPrice).Add(position.CollateralUnit).Add(position.DebtPrice).Add(position.DebtUnit)
            .Add(debt).Add(position.CollateralBalance).Add(position.LiquidationBonus).ToArray());
        bool isSame = theirs.IsSuccess
            ? (ours.Collateral, ours.Debt, ours.ProtocolFee) == (theirs.Word(0), theirs.Word(1), theirs.Word(2)) && ours.Status is AaveStatus.Accepted or AaveStatus.LeavesDust
            : ours.Status == AaveStatus.Refused;
        return (theirs.IsSuccess, isSame ? null : $"{s_versions[version].Name}: {position}: {ours}, but the library {(theirs.IsSuccess ? $"says {theirs.Word(0)}, {theirs.Word(1)}, {theirs.Word(2)}" : "reverts")}");
    }

    private static UInt256 Unit(PoolRandom random) => random.Below(3) switch
    {
        0 => 1_000_000,
        1 => 100_000_000,
        _ => 1_000_000_000_000_000_000,
    };
}
