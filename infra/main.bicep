// What a council's own subscription holds. Three principals, none of which can do another's work (infra/registrations.md):
// the bot talks to Teams' connector, the API's process to the database, the worker to calendars. No password anywhere:
// PostgreSQL takes Entra tokens alone, the bot is its managed identity, the one key there is stays in Key Vault.
// The network (subnets, private DNS zone) and the log workspace are the council's own and come as parameters.
targetScope = 'resourceGroup'

@description('Short name that every resource begins with, for instance gt-falkirk.')
@minLength(3)
@maxLength(16)
param name string

@description('Children\'s data stays in the United Kingdom.')
@allowed([
  'uksouth'
  'ukwest'
])
param location string = 'uksouth'

@description('The server\'s image by digest, for instance registry.example/golden-thread@sha256:...')
param image string

@description('Registry that the image is pulled from with the API\'s identity.')
param registryServer string

@description('Host that people and Teams reach, for instance golden-thread.council.example.')
param publicHost string

@description('Id of the certificate for that host in the Container Apps environment.')
param certificateId string

@description('Client id of the API registration (access_as_user).')
param apiClientId string

@description('Id of the Teams app, from its package.')
param teamsAppId string

@description('Resource id of the subnet delegated to Microsoft.App/environments, with service endpoint Microsoft.KeyVault.')
param appsSubnetId string

@description('Resource id of the subnet delegated to Microsoft.DBforPostgreSQL/flexibleServers.')
param databaseSubnetId string

@description('Resource id of the private DNS zone that ends in postgres.database.azure.com.')
param databaseDnsZoneId string

@description('Entra group whose members own the database: they run migrations. People, through privileged access, not the service.')
param databaseOwnersGroupId string
param databaseOwnersGroupName string

@description('Resource id of the Log Analytics workspace.')
param logWorkspaceId string

@description('Compute of the database. Two general purpose cores serve a large council; see infra/scale.md.')
param databaseSku string = 'Standard_D2ds_v5'

var databaseHost = '${database.name}.postgres.database.azure.com'
var tags = {
  product: 'golden-thread'
}

resource botIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-bot'
  location: location
  tags: tags
}

resource apiIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-api'
  location: location
  tags: tags
}

resource workerIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${name}-worker'
  location: location
  tags: tags
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logWorkspaceId
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
    DisableIpMasking: false
    publicNetworkAccessForQuery: 'Disabled'
  }
}

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
  name: '${name}-vault'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    networkAcls: {
      bypass: 'None'
      defaultAction: 'Deny'
      virtualNetworkRules: [
        {
          id: appsSubnetId
        }
      ]
    }
  }
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
  name: '${name}-postgres'
  location: location
  tags: tags
  sku: {
    name: databaseSku
    tier: 'GeneralPurpose'
  }
  properties: {
    version: '18'
    createMode: 'Create'
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Disabled'
      tenantId: tenant().tenantId
    }
    network: {
      publicNetworkAccess: 'Disabled'
      delegatedSubnetResourceId: databaseSubnetId
      privateDnsZoneArmResourceId: databaseDnsZoneId
    }
    storage: {
      storageSizeGB: 128
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: 35
      geoRedundantBackup: 'Enabled'
    }
    highAvailability: {
      mode: 'ZoneRedundant'
    }
  }
}

resource databaseOwners 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2025-08-01' = {
  parent: database
  name: databaseOwnersGroupId
  properties: {
    principalType: 'Group'
    principalName: databaseOwnersGroupName
    tenantId: tenant().tenantId
  }
}

resource secureTransport 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
  parent: database
  name: 'require_secure_transport'
  properties: {
    value: 'on'
    source: 'user-override'
  }
}

resource goldenThread 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2025-08-01' = {
  parent: database
  name: 'golden_thread'
  properties: {
    charset: 'UTF8'
    collation: 'en_US.utf8'
  }
}

resource environment 'Microsoft.App/managedEnvironments@2026-01-01' = {
  name: '${name}-apps'
  location: location
  tags: tags
  properties: {
    zoneRedundant: true
    vnetConfiguration: {
      infrastructureSubnetId: appsSubnetId
      internal: false
    }
    peerTrafficConfiguration: {
      encryption: {
        enabled: true
      }
    }
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
  }
}

var shared = [
  {
    name: 'NODE_ENV'
    value: 'production'
  }
  {
    name: 'PUBLIC_URL'
    value: 'https://${publicHost}'
  }
  {
    name: 'BOT_APPS'
    value: '${botIdentity.properties.clientId}:${tenant().tenantId}'
  }
  {
    name: 'BOT_MANAGED_IDENTITY_CLIENT_ID'
    value: botIdentity.properties.clientId
  }
  {
    name: 'WORKER_MANAGED_IDENTITY_CLIENT_ID'
    value: workerIdentity.properties.clientId
  }
  {
    name: 'API_CLIENT_ID'
    value: apiClientId
  }
  {
    name: 'TEAMS_APP_ID'
    value: teamsAppId
  }
]

// Answers Teams and the tab. It may send as the bot, because a press is answered in the same turn; it reads no calendar.
resource web 'Microsoft.App/containerApps@2026-01-01' = {
  name: '${name}-web'
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${botIdentity.id}': {}
      '${apiIdentity.id}': {}
    }
  }
  properties: {
    environmentId: environment.id
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 3978
        transport: 'auto'
        allowInsecure: false
        customDomains: [
          {
            name: publicHost
            bindingType: 'SniEnabled'
            certificateId: certificateId
          }
        ]
      }
      registries: [
        {
          server: registryServer
          identity: apiIdentity.id
        }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'web'
          image: image
          env: concat(shared, [
            {
              name: 'SERVER_ROLES'
              value: 'web'
            }
            {
              name: 'DATABASE_URL'
              value: 'postgresql://${apiIdentity.name}@${databaseHost}:5432/golden_thread?sslmode=verify-full'
            }
            {
              name: 'DATABASE_MANAGED_IDENTITY_CLIENT_ID'
              value: apiIdentity.properties.clientId
            }
          ])
          resources: {
            cpu: 1
            memory: '2Gi'
          }
          probes: [
            {
              type: 'Liveness'
              httpGet: {
                path: '/healthz'
                port: 3978
              }
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/readyz'
                port: 3978
              }
            }
          ]
        }
      ]
      scale: {
        minReplicas: 2
        maxReplicas: 6
      }
    }
  }
}

// Delivers what was written, keeps the time, reads answers. No door of its own.
resource worker 'Microsoft.App/containerApps@2026-01-01' = {
  name: '${name}-worker'
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${botIdentity.id}': {}
      '${workerIdentity.id}': {}
    }
  }
  properties: {
    environmentId: environment.id
    configuration: {
      activeRevisionsMode: 'Single'
      secrets: [
        {
          name: 'audit-signing-key'
          keyVaultUrl: '${vault.properties.vaultUri}secrets/audit-signing-key'
          identity: workerIdentity.id
        }
      ]
      registries: [
        {
          server: registryServer
          identity: workerIdentity.id
        }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'worker'
          image: image
          env: concat(shared, [
            {
              name: 'SERVER_ROLES'
              value: 'worker'
            }
            {
              name: 'DATABASE_URL'
              value: 'postgresql://${workerIdentity.name}@${databaseHost}:5432/golden_thread?sslmode=verify-full'
            }
            {
              name: 'DATABASE_MANAGED_IDENTITY_CLIENT_ID'
              value: workerIdentity.properties.clientId
            }
            {
              name: 'AUDIT_SIGNING_KEY'
              secretRef: 'audit-signing-key'
            }
          ])
          resources: {
            cpu: 1
            memory: '2Gi'
          }
        }
      ]
      scale: {
        minReplicas: 1
        maxReplicas: 3
      }
    }
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-bot'
  location: 'global'
  tags: tags
  kind: 'azurebot'
  sku: {
    name: 'S1'
  }
  properties: {
    displayName: 'Golden Thread'
    endpoint: 'https://${publicHost}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: botIdentity.properties.clientId
    msaAppTenantId: tenant().tenantId
    msaAppMSIResourceId: botIdentity.id
    disableLocalAuth: true
    isStreamingSupported: false
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
    }
  }
}

output botClientId string = botIdentity.properties.clientId
output apiPrincipalId string = apiIdentity.properties.principalId
output workerPrincipalId string = workerIdentity.properties.principalId
output databaseHost string = databaseHost
