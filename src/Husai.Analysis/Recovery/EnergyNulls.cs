namespace Husai.Analysis;

/// <summary>What directions without knowledge of the circuit score.</summary>
/// <param name="IsotropicClosedForm">Mean for isotropic directions if the planes were orthogonal.</param>
/// <param name="Isotropic">Isotropic directions.</param>
/// <param name="CovarianceMatched">Directions with the covariance of the activations; the one to beat.</param>
/// <param name="DataPoints">Random activations about their mean.</param>
public sealed record EnergyNulls(double IsotropicClosedForm, EnergyNull Isotropic, EnergyNull CovarianceMatched, EnergyNull DataPoints);
