namespace Husai.Analysis.Circuits;

/// <summary>What directions without knowledge of the circuit score: references, with no part in a kappa or a verdict.</summary>
/// <param name="IsotropicClosedForm">Mean for isotropic directions if the planes were orthogonal.</param>
/// <param name="Isotropic">Isotropic directions.</param>
/// <param name="CovarianceMatched">Directions with the covariance of the activations: they say how the data vary, and are no chance level
/// for decoder rows.</param>
/// <param name="DataPoints">Random activations about their mean.</param>
public sealed record EnergyNulls(double IsotropicClosedForm, EnergyNull Isotropic, EnergyNull CovarianceMatched, EnergyNull DataPoints);
