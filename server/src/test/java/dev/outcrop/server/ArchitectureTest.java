package dev.outcrop.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders between the modules. */
@AnalyzeClasses(packages = "dev.outcrop", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] CAPABILITIES = {"dev.outcrop.models..", "dev.outcrop.knowledge.."};
  private static final String[] PLATFORM = {
    "dev.outcrop.operations..",
    "dev.outcrop.wire..",
    "dev.outcrop.http..",
    "dev.outcrop.config..",
    "dev.outcrop.storage..",
    "dev.outcrop.jobs..",
    "dev.outcrop.objects.."
  };

  @ArchTest
  static final ArchRule PLATFORM_KNOWS_NO_CAPABILITY =
      noClasses()
          .that()
          .resideInAnyPackage(PLATFORM)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CAPABILITIES);

  @ArchTest
  static final ArchRule KNOWLEDGE_REACHES_MODELS_BY_SDK_CLIENTS_ONLY =
      noClasses()
          .that()
          .resideInAPackage("dev.outcrop.knowledge..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.outcrop.models..");

  @ArchTest
  static final ArchRule MODELS_KNOW_NO_OTHER_CAPABILITY =
      noClasses()
          .that()
          .resideInAPackage("dev.outcrop.models..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.outcrop.knowledge..");

  @ArchTest
  static final ArchRule CAPABILITIES_KNOW_NO_HTTP =
      noClasses()
          .that()
          .resideInAnyPackage(CAPABILITIES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.outcrop.http..", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule COMMANDS_KNOW_NO_CAPABILITY =
      noClasses()
          .that()
          .resideInAPackage("dev.outcrop.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CAPABILITIES);

  @ArchTest
  static final ArchRule NOTHING_DEPENDS_ON_THE_SERVER =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.outcrop.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.outcrop.server..");

  @ArchTest
  static final ArchRule PLAIN_NOUNS =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Utils")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl");
}
