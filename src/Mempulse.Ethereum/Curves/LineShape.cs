namespace Mempulse.Ethereum.Curves;

/// <summary>Where the three coefficients of a line go in the field of degree 12, which depends on the type of the twist.</summary>
internal enum LineShape
{
    /// <summary>D-type: y^2 = x^3 + b / xi, as for BN254.</summary>
    DivisorTwist = 0,

    /// <summary>M-type: y^2 = x^3 + b xi, as for BLS12-381.</summary>
    MultiplierTwist = 1,
}
