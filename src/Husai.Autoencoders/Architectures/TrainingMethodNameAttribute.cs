using System.ComponentModel.DataAnnotations;

namespace Husai.Autoencoders.Architectures;

/// <summary>Allows the names of the training methods.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TrainingMethodNameAttribute() : AllowedValuesAttribute([.. TrainingMethods.All.Select(method => method.Name)]);
